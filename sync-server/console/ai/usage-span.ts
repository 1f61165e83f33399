import { addDays } from "../../../shared/time/zone.ts";

export const spans = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
] as const;
export const measures = [
  { value: "cost", label: "Cost" },
  { value: "tokens", label: "Tokens" },
  { value: "requests", label: "Requests" },
] as const;
export type Span = (typeof spans)[number]["value"];

/** The server's own thirty days in its organisation's calendar; others by this browser's. */
export function querySince(days: number): string {
  if (days === 30) return "";
  const today = new Date().toISOString().slice(0, 10);
  return `?fromDay=${addDays(today, 1 - days)}&toDay=${today}`;
}
