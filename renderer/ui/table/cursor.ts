export type CursorKey = "next" | "previous" | "first" | "last" | "page-down" | "page-up";

/** Where the cursor goes; -1 (nowhere yet) goes to an end. It stays within the list. */
export function nextCursor(
  cursor: number,
  key: CursorKey,
  { total, pageRows }: { total: number; pageRows: number },
): number {
  if (total === 0) return -1;
  const last = total - 1;
  const wanted: Record<CursorKey, number> = {
    next: cursor + 1,
    previous: cursor < 0 ? last : cursor - 1,
    first: 0,
    last,
    "page-down": Math.max(0, cursor) + pageRows,
    "page-up": cursor - pageRows,
  };
  return Math.min(last, Math.max(0, wanted[key]));
}

/** Rows that are looked through at each side: more than a list ever has at hand around its cursor. */
const reachRows = 500;

/** Where a row stands after others came, went or changed places; null where it is not among those at hand. */
export function findRow(
  idAt: (index: number) => string | undefined,
  id: string,
  near: number,
): number | null {
  for (let step = 0; step <= reachRows; step += 1) {
    if (idAt(near + step) === id) return near + step;
    if (idAt(near - step) === id) return near - step;
  }
  return null;
}

/** A row by its id, and where it stood when it was last seen. */
export interface KeptRow {
  id: string;
  place: number;
}

/** Where a kept row stands; where it has gone, whoever took its place. 0 in an empty list, and where none is kept. */
export function placeOf(kept: KeptRow | null, ids: readonly string[]): number {
  if (!kept) return 0;
  const now = ids.indexOf(kept.id);
  return now >= 0 ? now : Math.max(0, Math.min(kept.place, ids.length - 1));
}
