/** The part of a long list that is asked for. */
export interface RowWindow {
  offset: number;
  limit: number;
}

/** Rows come in pages of this many, so that a small scroll asks for nothing new. */
export const pageRows = 100;

/** Whole pages around what is visible, with one more page on both sides. */
export function windowAround(first: number, last: number): RowWindow {
  const offset = Math.max(0, (Math.floor(first / pageRows) - 1) * pageRows);
  const end = (Math.floor(last / pageRows) + 2) * pageRows;
  return { offset, limit: Math.min(500, end - offset) };
}

export function coversRows(window: RowWindow, first: number, last: number): boolean {
  return window.offset <= first && last < window.offset + window.limit;
}

/**
 * Rows by index as they were last seen. Those of the latest answer replace older ones; an unchanged row keeps its
 * object, so that a memoised line is not drawn again.
 */
export interface RowCache<Row> {
  get(index: number): Row | undefined;
  /** Whether the list of this key has answered; until then the rows are those of the one before. */
  holds(listKey: string): boolean;
  /** Remembers an answer. Rows past its total are forgotten, and all that belong to a list of another key. */
  put(listKey: string, answer: { offset: number; rows: readonly Row[]; total: number }): void;
}

export function createRowCache<Row>(same: (a: Row, b: Row) => boolean): RowCache<Row> {
  const rowsByIndex = new Map<number, Row>();
  let keyOfRows: string | null = null;
  return {
    get: (index) => rowsByIndex.get(index),
    holds: (listKey) => listKey === keyOfRows,
    put(listKey, { offset, rows, total }) {
      if (listKey !== keyOfRows) rowsByIndex.clear();
      keyOfRows = listKey;
      rows.forEach((row, step) => {
        const before = rowsByIndex.get(offset + step);
        if (before === undefined || !same(before, row)) rowsByIndex.set(offset + step, row);
      });
      for (const index of rowsByIndex.keys()) if (index >= total) rowsByIndex.delete(index);
    },
  };
}
