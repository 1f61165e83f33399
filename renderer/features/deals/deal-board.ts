import type { z } from "zod";
import type { dealBoard, DealRow } from "../../../shared/rpc/contract/work.ts";
import { formatMoneyShort } from "../../ui/format/numbers.ts";

export type BoardStages = z.infer<(typeof dealBoard)["output"]>["stages"];

/** The board as it will be when the replica has taken the move: the card and its sums change at once. */
export function moveDeal(stages: BoardStages, id: string, toStage: string): BoardStages {
  const deal = findDeal(stages, id);
  if (!deal || deal.stage === toStage) return stages;
  return stages.map((column) => {
    if (column.stage === deal.stage) return shift(column, deal, -1);
    return column.stage === toStage ? shift(column, { ...deal, stage: toStage }, 1) : column;
  });
}

export function findDeal(stages: BoardStages, id: string): DealRow | null {
  for (const { rows } of stages) {
    const found = rows.find((row) => row.id === id);
    if (found) return found;
  }
  return null;
}

/** The stage `step` columns away, for moving with the keyboard; null at the ends. */
export function stageBeside(stages: BoardStages, stage: string, step: 1 | -1): string | null {
  const index = stages.findIndex((column) => column.stage === stage);
  return index < 0 ? null : (stages[index + step]?.stage ?? null);
}

export type Arrow = "up" | "down" | "left" | "right";

/** Which card the arrows lead to; sideways keeps the height as far as the next column goes, skipping empty ones. */
export function cardBeside(stages: BoardStages, id: string | null, arrow: Arrow): string | null {
  const columns = stages.map(({ rows }) => rows).filter((rows) => rows.length > 0);
  const column = columns.findIndex((rows) => rows.some((row) => row.id === id));
  if (column < 0) return columns[0]?.[0]?.id ?? null;
  const row = columns[column]?.findIndex((card) => card.id === id) ?? 0;
  if (arrow === "up" || arrow === "down")
    return columns[column]?.[row + (arrow === "down" ? 1 : -1)]?.id ?? id;
  const beside = columns[column + (arrow === "right" ? 1 : -1)];
  return beside?.[Math.min(row, beside.length - 1)]?.id ?? id;
}

/** "$1.2m", or "$1.2m + €80k": currencies never add up. */
export function sumText(value: Record<string, number>): string {
  return Object.entries(value)
    .filter(([, sum]) => sum !== 0)
    .sort(([, a], [, b]) => b - a)
    .map(([currency, sum]) => formatMoneyShort(sum, currency))
    .join(" + ");
}

/** What the whole board is worth, by currency. */
export function totalValue(stages: BoardStages): Record<string, number> {
  const total: Record<string, number> = {};
  for (const { value } of stages) {
    for (const [currency, sum] of Object.entries(value)) total[currency] = (total[currency] ?? 0) + sum;
  }
  return total;
}

function shift(column: BoardStages[number], deal: DealRow, by: 1 | -1): BoardStages[number] {
  const others = column.rows.filter((row) => row.id !== deal.id);
  const sum = (column.value[deal.currency] ?? 0) + by * (deal.value ?? 0);
  return {
    ...column,
    total: column.total + by,
    value: { ...column.value, [deal.currency]: sum },
    rows: by === 1 ? [deal, ...others] : others,
  };
}
