import { compareKeys, type SortKey } from "../../../shared/leads/sort-keys.ts";
import { sortInSlices } from "../live/slices.ts";

/** The leads of a filter in the order of a sort: any window of it is a slice, any change moves one number. */
export type LeadOrder = {
  length(): number;
  slice(from: number, to: number): Int32Array;
  /** Where a lead stands; -1 = it is not in the list. */
  indexOf(row: number): number;
  keyAt(index: number): SortKey;
  /** Sets what leads are sorted by; undefined = they do not belong to the list. */
  update(changes: readonly { row: number; key: SortKey | undefined }[]): void;
};

export type OrderedBy = { direction: "asc" | "desc"; idOf: (row: number) => string };

/** More changes than this at once are merged in one pass over the list, fewer are put in place one by one. */
const mergeFrom = 32;

/** @param entries rows with their keys, in any order */
export async function createLeadOrder(
  entries: readonly { row: number; key: SortKey }[],
  { direction, idOf }: OrderedBy,
): Promise<LeadOrder> {
  const keys: (SortKey | undefined)[] = [];
  const compare = (a: number, b: number) => {
    const byKey = compareKeys(keys[a] ?? null, keys[b] ?? null, direction);
    return byKey === 0 ? compareIds(idOf(a), idOf(b)) : byKey;
  };
  for (const { row, key } of entries) keys[row] = key;
  let rows = await sortInSlices(
    Int32Array.from(entries, ({ row }) => row),
    compare,
  );
  let length = rows.length;

  function find(row: number): { index: number; found: boolean } {
    const index = findPlace(rows.subarray(0, length), row, 0, compare);
    return { index, found: rows[index] === row && index < length };
  }
  function remove(row: number): void {
    if (keys[row] === undefined) return;
    const { index, found } = find(row);
    if (found) {
      rows.copyWithin(index, index + 1, length);
      length -= 1;
    }
    keys[row] = undefined;
  }
  function insert(row: number, key: SortKey): void {
    keys[row] = key;
    const { index } = find(row);
    if (length === rows.length) rows = grown(rows);
    rows.copyWithin(index + 1, index, length);
    rows[index] = row;
    length += 1;
  }
  function merge(changes: Map<number, SortKey | undefined>): void {
    const standing = rows.subarray(0, length);
    const isMove = [...changes.keys()].some((row) => keys[row] !== undefined);
    const kept = isMove ? standing.filter((row) => !changes.has(row)) : standing;
    for (const [row, key] of changes) keys[row] = key;
    const added = [...changes.keys()].filter((row) => keys[row] !== undefined).sort(compare);
    rows = mergeSorted(kept, Int32Array.from(added), compare);
    length = rows.length;
  }

  return {
    length: () => length,
    slice: (from, to) => rows.slice(Math.min(from, length), Math.min(to, length)),
    indexOf(row) {
      if (keys[row] === undefined) return -1;
      const { index, found } = find(row);
      return found ? index : -1;
    },
    keyAt: (index) => keys[rows[index] ?? -1] ?? null,
    update(changes) {
      const moved = new Map(changes.map(({ row, key }) => [row, key]));
      for (const [row, key] of moved) if (keys[row] === key) moved.delete(row);
      if (moved.size >= mergeFrom) return merge(moved);
      for (const [row, key] of moved) {
        remove(row);
        if (key !== undefined) insert(row, key);
      }
    },
  };
}

/** A few rows into many: each finds its place by halving, and what lies between two places is copied in one go. */
function mergeSorted(
  many: Int32Array,
  few: Int32Array,
  compare: (a: number, b: number) => number,
): Int32Array<ArrayBuffer> {
  const merged = new Int32Array(many.length + few.length);
  let copied = 0;
  for (const [index, row] of few.entries()) {
    const place = findPlace(many, row, copied, compare);
    merged.set(many.subarray(copied, place), copied + index);
    merged[place + index] = row;
    copied = place;
  }
  merged.set(many.subarray(copied), copied + few.length);
  return merged;
}

/** The first index from `from` on whose row does not stand before `row`. */
function findPlace(
  rows: Int32Array,
  row: number,
  from: number,
  compare: (a: number, b: number) => number,
): number {
  let low = from;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(rows[middle] as number, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grown(rows: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(64, Math.ceil(rows.length * 1.5)));
  larger.set(rows);
  return larger;
}

function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
