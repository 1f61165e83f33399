import { diff3Merge } from "node-diff3";
import type { FieldValue } from "../entities/fields.ts";
import { mergeRuleOf, sameValue } from "./fields.ts";

/**
 * Three-way merge of one field. Invariants (merge.test.ts proves them over random values):
 * - idempotent: merging a value with itself gives that value, and nothing is lost;
 * - neutral: a side that did not change the field has no say;
 * - loses nothing: where both changed it, the other side's value is in the result or in `lost`;
 * - order-independent: swapping the sides swaps winner and loser and changes nothing else; sets and
 *   separate lines come out the same whichever side arrives first.
 * Converging needs no rule here: the server applies edits one after another, and its order is everybody's.
 */
export type Merged = {
  value: FieldValue;
  /** The other side's value where it could not be joined in; undefined = nothing was lost. */
  lost?: FieldValue;
};

/**
 * @param path which field, e.g. `notes` or `custom.budget`: decides how values join
 * @param base what `mine` was typed over
 * @param mine the value that arrives now; it wins where one must
 * @param theirs the value that stands
 */
export function mergeField(path: string, base: FieldValue, mine: FieldValue, theirs: FieldValue): Merged {
  if (sameValue(mine, theirs) || sameValue(theirs, base)) return { value: mine };
  if (sameValue(mine, base)) return { value: theirs };
  const rule = mergeRuleOf(path);
  if (rule === "set" || (Array.isArray(mine) && Array.isArray(theirs))) return mergeSets(base, mine, theirs);
  if (rule === "lines" && typeof mine === "string" && typeof theirs === "string") {
    return mergeLines(typeof base === "string" ? base : "", mine, theirs);
  }
  return { value: mine, lost: theirs };
}

function mergeSets(base: FieldValue, mine: FieldValue, theirs: FieldValue): Merged {
  const before = asTexts(base);
  const kept = asTexts(theirs).filter((item) => !before.includes(item) || asTexts(mine).includes(item));
  const added = asTexts(mine).filter((item) => !before.includes(item) && !kept.includes(item));
  // Sorted, because two devices must agree on the order without asking each other.
  return { value: [...kept, ...added].sort() };
}

function mergeLines(base: string, mine: string, theirs: string): Merged {
  let overlapped = false;
  const regions = diff3Merge(mine.split("\n"), base.split("\n"), theirs.split("\n"), {
    excludeFalseConflicts: true,
  });
  const lines = regions.flatMap((region) => {
    if (region.ok) return region.ok;
    const { a, o, b } = region.conflict ?? { a: [], o: [], b: [] };
    // Both wrote new lines in the same place: both stay, in an order that does not depend on who came first.
    if (addsOnly(a, o) && addsOnly(b, o)) return joinAdditions(a, o, b);
    const beside = joinBeside(a, o, b) ?? joinBeside(b, o, a);
    if (beside) return beside;
    overlapped = true;
    return a;
  });
  return overlapped ? { value: lines.join("\n"), lost: theirs } : { value: lines.join("\n") };
}

/** True when `side` still begins with everything that was there. */
function addsOnly(side: string[], before: string[]): boolean {
  const kept = before.filter((line) => line !== "");
  return kept.every((line, index) => side[index] === line);
}

function joinAdditions(a: string[], before: string[], b: string[]): string[] {
  const kept = before.filter((line) => line !== "");
  const additions = [a.slice(kept.length), b.slice(kept.length)].map((lines) => lines.join("\n"));
  return [...kept, ...additions.sort().flatMap((text) => text.split("\n"))];
}

/** One side changed the lines, the other wrote before or after them: both count. Null where it did not. */
function joinBeside(changed: string[], before: string[], beside: string[]): string[] | null {
  const added = beside.length - before.length;
  if (added <= 0) return null;
  if (before.every((line, index) => beside[index] === line)) return [...changed, ...beside.slice(-added)];
  if (before.every((line, index) => beside[index + added] === line))
    return [...beside.slice(0, added), ...changed];
  return null;
}

function asTexts(value: FieldValue): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
