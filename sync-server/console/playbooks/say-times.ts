import { formatDuration } from "../../../renderer/ui/format/times.ts";

/** "20 s", "5 min", "1:30 min": how long something takes or rests. */
export function sayLength(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${formatDuration(seconds)} min`;
}

/** "20", "20 s", "5 min", "1:30", "1:30 min" → milliseconds; null: not understood. */
export function parseLength(typed: string): number | null {
  const [, minutes, rest, unit = ""] = /^(\d{1,4})(?::([0-5]\d))?\s*(s|sec|seconds?|m|min|minutes?)?$/u.exec(typed.trim().toLowerCase()) ?? []; // prettier-ignore
  if (minutes === undefined) return null;
  if (rest !== undefined) return (Number(minutes) * 60 + Number(rest)) * 1_000;
  return Number(minutes) * (unit.startsWith("m") ? 60_000 : 1_000);
}

/** "1:00 in the call". */
export function sayMoment(ms: number): string {
  return `${formatDuration(ms / 1_000)} in the call`;
}

export function parseMoment(typed: string): number | null {
  return parseLength(typed.toLowerCase().replace(/\s*in the call$/u, ""));
}
