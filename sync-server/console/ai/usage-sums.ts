import { addDays } from "../../../shared/time/zone.ts";
import type { AiUsage, UsageCell } from "../../admin/ai/wire.ts";

export type Shown = "cost" | "tokens" | "requests" | "minutes";
export type Sum = { key: string } & Record<Shown, number>;
export const noSum: Record<Shown, number> = { cost: 0, tokens: 0, requests: 0, minutes: 0 };

type Counted = Pick<UsageCell, "day" | "cost" | "inputTokens" | "outputTokens" | "requests" | "soundMs">;
const minuteMs = 60_000;

/** Sums of cells that have something in common, the most expensive first. */
export function sumBy<Cell extends Counted>(cells: readonly Cell[], keyOf: (cell: Cell) => string): Sum[] {
  const sums = new Map<string, Sum>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const sum = sums.get(key) ?? { key, ...noSum };
    sum.cost += cell.cost;
    sum.tokens += cell.inputTokens + cell.outputTokens;
    sum.requests += cell.requests;
    sum.minutes += cell.soundMs / minuteMs;
    sums.set(key, sum);
  }
  return [...sums.values()].toSorted((a, b) => b.cost - a.cost || b.requests - a.requests);
}

type Days = Pick<AiUsage, "fromDay" | "toDay"> & { cells: readonly Counted[] };

/** One for each day, also for those on which nobody asked anything. */
export function sumDays({ cells, fromDay, toDay }: Days): Sum[] {
  const sums = new Map(sumBy(cells, ({ day }) => day).map((sum) => [sum.key, sum]));
  const days: Sum[] = [];
  for (let day = fromDay; day <= toDay; day = addDays(day, 1))
    days.push(sums.get(day) ?? { key: day, ...noSum });
  return days;
}

/** Of a hundred; 0 where there is nothing. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (part / whole) * 100;
}

const head =
  "day,feature,model,person,source,requests,failed,input_tokens,output_tokens,sound_minutes,cost_usd";

/** Everything that is shown, for a spreadsheet (RFC 4180). */
export function csvOf({ cells, people }: Pick<AiUsage, "cells" | "people">): string {
  const names = new Map(people.map(({ userId, name }) => [userId, name]));
  const lines = cells.map((cell) =>
    [
      ...[
        cell.day,
        cell.feature,
        cell.model,
        cell.userId === null ? "" : (names.get(cell.userId) ?? cell.userId),
      ],
      ...[cell.source, cell.requests, cell.failed, cell.inputTokens, cell.outputTokens],
      ...[cell.soundMs / minuteMs, cell.cost / 1e9],
    ]
      .map(field)
      .join(","),
  );
  return `${[head, ...lines].join("\r\n")}\r\n`;
}

/** A spreadsheet takes what begins like a formula for one: names are people's own. */
function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
