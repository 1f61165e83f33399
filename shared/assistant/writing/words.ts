import type { CallReport } from "../../entities/insight.ts";
import type { Tone } from "../question.ts";
import type { LeadStory } from "../story.ts";
import { dayOf } from "../../time/zone.ts";

// What letters of every kind say alike, in English: the rules' own language.

export function greet({ lead }: Pick<LeadStory, "lead">, tone: Tone): string {
  const first = lead.name.split(" ")[0] ?? lead.name;
  if (tone === "formal") return `Dear ${lead.name},`;
  return tone === "friendly" ? `Hi ${first},` : `Hello ${first},`;
}

export function signOff({ agent, business }: Pick<LeadStory, "agent" | "business">, tone: Tone): string {
  const closing = { friendly: "Best wishes,", neutral: "Kind regards,", formal: "Yours sincerely," }[tone];
  return [closing, agent, business].filter((one) => one !== "").join("\n");
}

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]; // prettier-ignore

/** "today", "yesterday", "12 October": when something was, for whoever lives in the tenant's time zone. */
export function dayWords(at: string, { now, timeZone }: Pick<LeadStory, "now" | "timeZone">): string {
  const day = dayOf(Date.parse(at), timeZone);
  const days = daysBetween(day, dayOf(Date.parse(now), timeZone));
  if (days === 0) return "today";
  if (days === 1) return "yesterday";
  if (days === -1) return "tomorrow";
  return calendarDay(day);
}

export function calendarDay(day: string): string {
  const [, month = "1", date = "1"] = day.split("-");
  return `${Number(date)} ${months[Number(month) - 1]}`;
}

/** Of two days YYYY-MM-DD; positive = the second is later. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The call that a letter is about, or the last that was reported on. */
export function reportFor({ reports }: LeadStory, callId: string | null): CallReport | null {
  return (callId === null ? reports[0] : reports.find((report) => report.callId === callId)) ?? null;
}

/** Ends with a full stop, begins with a capital, holds no line break: what is quoted from elsewhere fits a list. */
export function asSentence(text: string): string {
  const trimmed = text.replaceAll(/\s+/gu, " ").trim();
  const capital = trimmed.charAt(0).toLocaleUpperCase() + trimmed.slice(1);
  return /[.!?…]$/u.test(capital) ? capital : `${capital}.`;
}
