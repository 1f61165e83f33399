import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  label: string;
  /** The label is for whoever cannot see the column: it is too narrow for words. */
  hideLabel?: true;
  /** Pixels that it needs; what is left over is shared out by `grow`. */
  width: number;
  grow?: number;
  align?: "end";
  /** A narrow window drops the lowest first; without a number it stays and the table scrolls sideways. */
  dropOrder?: number;
  sortable?: boolean;
  render: (row: Row) => ReactNode;
}

/** The columns that fit, in their order: whole columns go, nothing is squeezed. */
export function fitColumns<Row>(columns: readonly Column<Row>[], room: number): Column<Row>[] {
  let needed = columns.reduce((sum, column) => sum + column.width, 0);
  const dropped = new Set<string>();
  const droppable = columns
    .filter((column) => column.dropOrder !== undefined)
    .toSorted((a, b) => (a.dropOrder ?? 0) - (b.dropOrder ?? 0));
  for (const column of droppable) {
    if (needed <= room) break;
    dropped.add(column.key);
    needed -= column.width;
  }
  return columns.filter((column) => !dropped.has(column.key));
}

/** Whatever else is chosen: a line without what it is called is nobody's. */
export function withFirst(always: string, keys: readonly string[]): string[] {
  return [always, ...keys.filter((key) => key !== always)];
}

/** For `grid-template-columns`. */
export function gridTemplate<Row>(columns: readonly Column<Row>[]): string {
  return columns.map(({ width, grow }) => (grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`)).join(" ");
}
