import { figureNames, type FigureName } from "../../../shared/rpc/contract/insights.ts";

export type Figures = Record<FigureName, number | null>;

/**
 * The figures of a group of facts, as columns of a statement:
 * - talkShare, pace: mean of the calls' own (Gong: the share of a team is the mean of its calls' shares);
 * - longestTurn: median of the calls' longest monologue, ms;
 * - checklist: items done ÷ items that the calls' playbooks have, 0 to 1;
 * - outcome: calls that ended with the chosen disposition, of 100.
 * @param outcome placeholder of the disposition
 */
export function figuresSql(outcome: string): string {
  return `count(*)::int as calls,
    avg("talkShare")::float8 as "talkShare",
    percentile_cont(0.5) within group (order by "longestMonologueMs")::float8 as "longestTurn",
    avg("paceWpm")::float8 as pace,
    (sum(cardinality(done))::float8 / nullif(sum(cardinality(done) + cardinality(skipped)), 0)) as checklist,
    (100 * count(*) filter (where disposition = ${outcome})::float8 / nullif(count(*), 0)) as outcome`;
}

export function figuresOf(row: Figures | undefined): Figures {
  return mapFigures((name) => row?.[name] ?? null);
}

export function mapFigures<T>(of: (name: FigureName) => T): Record<FigureName, T> {
  return Object.fromEntries(figureNames.map((name) => [name, of(name)])) as Record<FigureName, T>;
}

/** Middle of the values that are there; of an even number the mean of the two in the middle. */
export function medianOf(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
