import type { Stage } from "../../../../shared/entities/setting.ts";

type Step = Pick<Stage, "key" | "label">;

/**
 * The pipeline as a lead has it before it. A stage beside the way (lost, or not offered any more) stands at the end while
 * the lead is in it.
 * @param offered the stages of the pipeline, in its order
 * @returns `current`: -1 where the lead is in none; `isAside`: what stands before that is not behind the lead
 */
export function shownSteps(
  offered: readonly Pick<Stage, "key" | "label" | "outcome">[],
  stage: string,
  labelOf: (stage: string) => string,
): { steps: Step[]; current: number; isAside: boolean } {
  const here = offered.find(({ key }) => key === stage);
  const steps: Step[] = offered.filter(({ key, outcome }) => outcome !== "lost" || key === stage);
  if (!here && stage !== "") steps.push({ key: stage, label: labelOf(stage) });
  const current = steps.findIndex(({ key }) => key === stage);
  return { steps, current, isAside: current >= 0 && (!here || here.outcome === "lost") };
}
