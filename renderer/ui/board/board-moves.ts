/** A column of a board as keys see it: its cards from top to bottom. */
export type BoardOrder = readonly { key: string; ids: readonly string[] }[];
export type Arrow = "up" | "down" | "left" | "right";

/** The column `step` beside the one that holds a card, for moving it with keys; null at the ends. */
export function columnBeside(order: BoardOrder, id: string, step: 1 | -1): string | null {
  const index = order.findIndex(({ ids }) => ids.includes(id));
  return index < 0 ? null : (order[index + step]?.key ?? null);
}

/** Which card the arrows lead to; sideways keeps the height as far as the next column goes, skipping empty ones. */
export function cardBeside(order: BoardOrder, id: string | null, arrow: Arrow): string | null {
  const columns = order.map(({ ids }) => ids).filter((ids) => ids.length > 0);
  const column = columns.findIndex((ids) => id !== null && ids.includes(id));
  if (id === null || column < 0) return columns[0]?.[0] ?? null;
  const row = columns[column]?.indexOf(id) ?? 0;
  if (arrow === "up" || arrow === "down") return columns[column]?.[row + (arrow === "down" ? 1 : -1)] ?? id;
  const beside = columns[column + (arrow === "right" ? 1 : -1)];
  return beside?.[Math.min(row, beside.length - 1)] ?? id;
}
