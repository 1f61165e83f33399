import { msPerMinute } from "../metrics/tally.ts";

/** Longest line that a report holds. */
const longestLine = 500;

/** "40 seconds", "12 minutes", "1 hour 5 minutes". */
export function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 90) return count(seconds, "second");
  const minutes = Math.round(ms / msPerMinute);
  if (minutes < 60) return count(minutes, "minute");
  const rest = minutes % 60;
  const hours = count(Math.floor(minutes / 60), "hour");
  return rest === 0 ? hours : `${hours} ${count(rest, "minute")}`;
}

/** "no questions", "1 question", "3 questions". */
export function count(number: number, what: string, several = `${what}s`): string {
  if (number === 0) return `no ${several}`;
  return `${number} ${number === 1 ? what : several}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** "a", "a and b", "a, b and c". */
export function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** What somebody said, in quotes, not longer than `most` characters; script of the other direction stands apart. */
export function quote(text: string, most = 160): string {
  const short = `“${shorten(text.replace(/[.,;:\s]+$/u, ""), most)}”`;
  return rightToLeft.test(text) ? `\u2068${short}\u2069` : short;
}

/** Cut between two words. */
export function shorten(text: string, most: number): string {
  const letters = Array.from(text);
  if (letters.length <= most) return text;
  const cut = letters.slice(0, most - 1).join("");
  return `${cut.replace(/\s+\S*$/u, "") || cut}…`;
}

/** A line of a report begins with a capital, ends with a sign, and fits. */
export function sentence(text: string): string {
  const whole = capitalise(shorten(text.trim(), longestLine - 1));
  return /[.!?…]["”’\u2069]*$/u.test(whole) ? whole : `${whole}.`;
}

export function capitalise(text: string): string {
  const first = Array.from(text.slice(0, 2))[0] ?? "";
  return first.toLocaleUpperCase("en") + text.slice(first.length);
}
