import { bootstrap, tellGain } from "./bootstrap.ts";
import type { Evaluated } from "./evaluation.ts";
import { meanOf } from "./held-out.ts";

/** One check: whether it holds, and whether it does of whoever does without asking, as the row's baseline says. */
export type Result = { name: string; held: boolean; ofBaseline: boolean };
export type Held = { results: readonly Result[]; by: ReadonlySet<string> };

/** The line of a fixed set. @param reach absent = more than the baseline */
export function rateFixedSet(
  { reach, baseline, ...row }: Pick<Evaluated, "id" | "feature"> & { baseline: string; reach?: string },
  { results, by }: Held,
): Evaluated {
  const failed = results.filter(({ held }) => !held).map(({ name }) => name);
  const value = shareOf(results, ({ held }) => held);
  const floor = shareOf(results, ({ ofBaseline }) => ofBaseline);
  const gainOf = (drawn: readonly Result[]) => shareOf(drawn, ({ held }) => held) - shareOf(drawn, ({ ofBaseline }) => ofBaseline); // prettier-ignore
  const notes = [
    `by ${[...by].join(", ")}`,
    `baseline: ${baseline}`,
    tellGain(bootstrap(results, gainOf)),
    ...(failed.length > 0 ? [`not: ${failed.join("; ")}`] : []),
  ];
  return {
    ...{ ...row, data: `fixed set, ${results.length} checks`, metric: "share of checks that hold" },
    ...{ value, unit: "x", reach: reach ?? `> ${floor.toFixed(3)}`, runs: 1 },
    ...{ floor, ...(floor > 0 && { ratio: value / floor }) },
    note: notes.join("; "),
  };
}

function shareOf(results: readonly Result[], holds: (one: Result) => boolean): number {
  return meanOf(results.map((one) => (holds(one) ? 1 : 0)));
}
