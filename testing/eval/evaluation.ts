import type { Measurement } from "../bench/measurement.ts";

/** A line of the table of `npm run eval`: a line of `npm run bench`, and what was measured on what. */
export type Evaluated = Measurement & { feature: string; data: string; metric: string };

export type Evaluation = {
  ids: readonly string[];
  /** The folder of the data that it is measured on; absent = what it needs is in the project. */
  needs?: string;
  run(options: { dataDir: string }): Evaluated[] | Promise<Evaluated[]>;
};
