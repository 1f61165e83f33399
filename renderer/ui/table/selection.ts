/**
 * Which rows are selected: some by id, or all that fit a filter but some. Pure; a list of 100,000 rows is selected
 * without knowing them.
 */
export type Selection =
  { kind: "some"; ids: ReadonlySet<string> } | { kind: "all-but"; ids: ReadonlySet<string> };

export const emptySelection: Selection = { kind: "some", ids: new Set() };
export const everything: Selection = { kind: "all-but", ids: new Set() };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.ids.has(id) === (selection.kind === "some");
}

export function countSelected(selection: Selection, total: number): number {
  return selection.kind === "some" ? selection.ids.size : Math.max(0, total - selection.ids.size);
}

export function toggleRow(selection: Selection, id: string): Selection {
  return setRows(selection, [id], !isSelected(selection, id));
}

/** Selects or unselects rows: the answer to shift-click, which does to the range what it did to its end. */
export function setRows(selection: Selection, ids: readonly string[], selected: boolean): Selection {
  const next = new Set(selection.ids);
  const listed = selected === (selection.kind === "some");
  for (const id of ids) {
    if (listed) next.add(id);
    else next.delete(id);
  }
  return { kind: selection.kind, ids: next };
}

/** The indexes from one row to another, both included, in order. */
export function rangeBetween(from: number, to: number): number[] {
  const [first, last] = from <= to ? [from, to] : [to, from];
  return Array.from({ length: last - first + 1 }, (_, step) => first + step);
}
