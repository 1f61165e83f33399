import { bootstrap, tellGain } from "./bootstrap.ts";
import type { Evaluated } from "./evaluation.ts";

/**
 * `open`: of what the rules were made for. `held-out`: written down afterwards, in the words of those who call, and
 * nobody has changed a rule for what became of it. The figure is that of the held-out part.
 */
export type Part = "open" | "held-out";

type Comparison<Item> = Pick<Evaluated, "id" | "feature" | "metric"> & {
  items: readonly Item[];
  /** What one of them is called: "texts", "wishes". */
  called: string;
  /** Asked of many draws of the same items: what takes long is known of each of them before. */
  ours: (items: readonly Item[]) => number;
  baseline: { name: string; of: (items: readonly Item[]) => number };
  /** Who answered; the rules where nobody is named. */
  by?: string;
  /** What else is to be said of the figure. */
  note?: string;
};

/** The line of a fixed set: better than the baseline on what nobody has looked at, or missed. */
export function compareHeldOut<Item extends { part: Part }>(comparison: Comparison<Item>): Evaluated {
  const { id, feature, metric, items, called, ours, baseline, by = "rules", note = "" } = comparison;
  const [heldOut, open] = (["held-out", "open"] as const).map((part) => items.filter((item) => item.part === part)); // prettier-ignore
  if (!heldOut?.length || !open?.length) throw new Error(`${id} lacks a part`);
  const [value, floor] = [ours(heldOut), baseline.of(heldOut)];
  const notes = [
    `by ${by}`,
    `baseline: ${baseline.name}`,
    tellGain(bootstrap(heldOut, (drawn) => ours(drawn) - baseline.of(drawn))),
    `${ours(open).toFixed(2)} of the ${open.length} that the rules were made for`,
    note,
  ];
  return {
    ...{ id, feature, metric, value, floor, unit: "x", runs: 1 },
    ...(floor > 0 && { ratio: value / floor }),
    data: `fixed set, ${heldOut.length} ${called} held out`,
    reach: `> ${floor.toFixed(3)}`,
    note: notes.filter((part) => part !== "").join("; "),
  };
}

/** The same, worked out once for each text. */
export function remembering<Text extends string, Answer>(
  work: (text: Text) => Answer,
): (text: Text) => Answer {
  const known = new Map<Text, Answer>();
  return (text) => {
    if (!known.has(text)) known.set(text, work(text));
    return known.get(text) as Answer;
  };
}

export function meanOf(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
