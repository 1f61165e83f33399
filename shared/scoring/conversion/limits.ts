/** PSI from which the people are others than before (under 0.1 is calm). */
export const unstableFrom = 0.25;
/** Mean distance between what was expected and what came, 0 to 1, over which people are told. */
export const worstCalibration = 0.05;
