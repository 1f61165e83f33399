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
