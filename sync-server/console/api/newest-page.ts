/** Pages of a list, newest first, that have been read so far. */
export type Read<Row> = {
  rows: readonly Row[];
  /** Where the next page begins; null = there is none. */
  next: string | number | null;
};

/**
 * The newest page, read again, laid over what was read before: older pages stay below it. Where more has been added than
 * a page holds nobody knows what lies between, and the older ones are read again when they are asked for. Pure.
 */
export function layNewest<Row>(newest: Read<Row>, before: Read<Row>, keyOf: (row: Row) => string): Read<Row> {
  const last = newest.rows.at(-1);
  if (last === undefined || newest.next === null) return newest;
  const at = before.rows.findIndex((row) => keyOf(row) === keyOf(last));
  const older = at === -1 ? [] : before.rows.slice(at + 1);
  return older.length === 0 ? newest : { rows: [...newest.rows, ...older], next: before.next };
}
