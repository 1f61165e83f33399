/** How a task repeats, as far as the picker can say it. */
export type Repeat = {
  every: number;
  unit: "day" | "week" | "month" | "year";
  /** Only for weeks: which days; empty = the day on which it is due. */
  weekdays: Weekday[];
};
export type Weekday = (typeof weekdays)[number];

export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const names: Record<Weekday, string> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};
const frequencies = { day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" } as const;
const workdays: readonly Weekday[] = weekdays.slice(0, 5);

/** The RFC 5545 rule, without DTSTART: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH". */
export function ruleOf({ every, unit, weekdays: days }: Repeat): string {
  const parts = [`FREQ=${frequencies[unit]}`];
  if (every > 1) parts.push(`INTERVAL=${every}`);
  if (unit === "week" && days.length > 0) parts.push(`BYDAY=${inOrder(days).join(",")}`);
  return parts.join(";");
}

/** Null for no rule, and for a rule that says more than the picker can. */
export function repeatOf(rule: string): Repeat | null {
  const parts = new Map(rule.split(";").map((part) => part.split("=", 2) as [string, string | undefined]));
  const unit = (Object.keys(frequencies) as Repeat["unit"][]).find(
    (key) => frequencies[key] === parts.get("FREQ"),
  );
  const days = (parts.get("BYDAY") ?? "").split(",").filter(Boolean);
  const known = [...parts.keys()].every((key) => ["FREQ", "INTERVAL", "BYDAY"].includes(key));
  if (!unit || !known || (days.length > 0 && unit !== "week") || !days.every(isWeekday)) return null;
  return { every: Number(parts.get("INTERVAL") ?? "1"), unit, weekdays: days };
}

/** "Every Monday and Thursday", "Every 2 weeks", "Every workday": what the rule means, in plain words. */
export function describeRule(rule: string): string {
  if (rule === "") return "Does not repeat";
  const repeat = repeatOf(rule);
  return repeat ? describeRepeat(repeat) : "Repeats by a rule of its own";
}

/** "every day", "every 2 weeks", "every mon and thu", "every workday": as typed at the end of a task. */
export function parseRepeat(text: string): Repeat | null {
  const match = /^every (?:(\d{1,3}|other) )?(.+)$/u.exec(text.trim().toLowerCase());
  if (!match) return null;
  const every = match[1] === "other" ? 2 : Number(match[1] ?? "1");
  const what = match[2] ?? "";
  const unit = (Object.keys(frequencies) as Repeat["unit"][]).find(
    (key) => what === key || what === `${key}s`,
  );
  if (every < 1) return null;
  if (unit) return { every, unit, weekdays: [] };
  if (what === "workday" || what === "weekday") return { every: 1, unit: "week", weekdays: [...workdays] };
  const days = what.split(/\s*(?:,|and|\s)\s*/u).map(weekdayOf);
  return days.every((day) => day !== null) ? { every, unit: "week", weekdays: inOrder(days) } : null;
}

function describeRepeat({ every, unit, weekdays: days }: Repeat): string {
  const often = every === 1 ? `Every ${unit}` : `Every ${every} ${unit}s`;
  if (days.length === 0) return often;
  const isWorkdays = days.length === 5 && workdays.every((day) => days.includes(day));
  const list = isWorkdays ? "workday" : joinWords(inOrder(days).map((day) => names[day]));
  return every === 1 ? `Every ${list}` : `${often} on ${list}`;
}

function joinWords(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function inOrder(days: readonly Weekday[]): Weekday[] {
  return weekdays.filter((day) => days.includes(day));
}

function isWeekday(day: string): day is Weekday {
  return (weekdays as readonly string[]).includes(day);
}

function weekdayOf(word: string): Weekday | null {
  if (word.length < 2) return null;
  return weekdays.find((day) => names[day].toLowerCase().startsWith(word.replace(/s$/u, ""))) ?? null;
}

/** One letter or two for the buttons of the picker. */
export function shortWeekday(day: Weekday): string {
  return names[day].slice(0, 2);
}

export function weekdayName(day: Weekday): string {
  return names[day];
}
