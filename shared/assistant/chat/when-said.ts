import { parseDay } from "../../import/parse-day.ts";
import { dayOf, wallTimeOf } from "../../time/zone.ts";
import { daysBetween } from "../writing/words.ts";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const numbers: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, ten: 10 }; // prettier-ignore
const soonDays: Readonly<Record<string, number>> = {
  ...{ today: 0, tonight: 0, "this morning": 0, "this afternoon": 0, "this evening": 0 },
  ...{ tomorrow: 1, "day after tomorrow": 2, "next week": 7, "next month": 30 },
};
const unitDays: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };
/** When a part of the day is meant that somebody names. */
const partHours: Readonly<Record<string, number>> = { morning: 9, afternoon: 14, evening: 18, tonight: 18 };
const furthestDays = 365;

const month =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
/** What stands before a day belongs to it: "for Tuesday", "by next Friday". As many as anybody says: of any number there are too many ways to begin. */
const before = String.raw`(?:\b(?:for|on|by|due|until|till|before|this|next) ){0,4}`;
/** "Monday's meeting" is about a meeting. */
const behind = String.raw`\b(?!['’]s)(?:,? (?:in the )?(?<part>morning|afternoon|evening)\b)?`;

type ReadDay = (words: string, today: string) => number | null;
const days: readonly (readonly [RegExp, ReadDay])[] = [
  [dayPattern(String.raw`\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}`), readDate],
  [dayPattern(String.raw`(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? ${month}(?:,? \d{4})?`), readDate],
  [dayPattern(String.raw`${month} \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?`), readDate],
  [dayPattern(String.raw`in (?:\d{1,3}|${Object.keys(numbers).join("|")}) (?:day|week|month)s?`), readSpan],
  [
    dayPattern(`(?:the )?(?:${Object.keys(soonDays).join("|")})`),
    (words) => soonDays[words.replace("the ", "")] ?? null,
  ],
  [dayPattern(weekdays.join("|")), readWeekday],
];

function dayPattern(words: string): RegExp {
  return new RegExp(String.raw`${before}\b(?<day>${words})${behind}`, "iu");
}

/** Stands where the day was said: a time beside it needs no "at". */
const mark = "\u0001";
const clock = String.raw`(?<hour>\d{1,2})(?:[:.](?<minute>[0-5]\d))?\s?(?<half>[ap])\.?m\b\.?|(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)\b|(?<noon>noon)\b`;
const times = [
  new RegExp(String.raw`(?:\b(?:at|by|around)\s+|${mark}\s*,?\s+)(?:${clock})`, "iu"),
  new RegExp(String.raw`(?:${clock})(?=,?\s+${mark})`, "iu"),
  // "At 3" is an hour where nothing follows that it could count.
  new RegExp(String.raw`\bat (?<hour>\d{1,2})(?: o['’]clock)?(?=\s*(?:$|[,.;:!${mark}]|(?:to|that|about|with|for)\b))`, "iu"), // prettier-ignore
];

/**
 * The day and the time of day that a text names, and the text without them. `dueInDays` counts from today; null = no day
 * is named. `at` is HH:MM; null = no time is.
 * @param zone IANA
 */
export function findWhen(
  said: string,
  now: string,
  zone: string,
): { dueInDays: number | null; at: string | null; rest: string } {
  const today = dayOf(Date.parse(now), zone);
  const text = tidy(said);
  const day = firstDay(text, today);
  // A day is said that cannot be told (12/11/2026), or is past: it is no other one, whatever the time beside it.
  if (day === null && days.some(([pattern]) => pattern.test(text)))
    return { dueInDays: null, at: null, rest: text };
  const marked = day ? `${text.slice(0, day.index)} ${mark} ${text.slice(day.index + day.length)}` : text;
  const time = times.map((pattern) => pattern.exec(marked)).find((found) => found && timeOf(found) !== null);
  const rest = time ? `${marked.slice(0, time.index)} ${marked.slice(time.index + time[0].length)}` : marked;
  const at = (time && timeOf(time)) ?? day?.at ?? null;
  const ofTime = at === null ? null : nextDayOf(at, now, zone);
  return { dueInDays: day?.dueInDays ?? ofTime, at, rest: tidy(rest) };
}

type DaySaid = { index: number; length: number; dueInDays: number; at: string | null };

/** The one that is said first: what follows may be about another day. */
function firstDay(text: string, today: string): DaySaid | null {
  const all = days.flatMap(([pattern, read]): DaySaid[] => {
    const found = pattern.exec(text);
    const words = found?.groups?.["day"]?.toLowerCase() ?? "";
    const dueInDays = found ? read(words, today) : null;
    if (!found || dueInDays === null || dueInDays < 0 || dueInDays > furthestDays) return [];
    const part = found.groups?.["part"]?.toLowerCase() ?? words.replace("this ", "");
    const hour = partHours[part];
    return [{ index: found.index, length: found[0].length, dueInDays, at: hour === undefined ? null : clockOf(hour, 0) }]; // prettier-ignore
  });
  return all.toSorted((a, b) => a.index - b.index || b.length - a.length)[0] ?? null;
}

/** A date without a year is the next one of its name. */
function readDate(words: string, today: string): number | null {
  const hasYear = /\d{4}/u.test(words);
  const bare = words.replace("the ", "").replace(" of ", " ");
  const year = Number(today.slice(0, 4));
  for (const text of hasYear ? [bare] : [`${bare} ${year}`, `${bare} ${year + 1}`]) {
    const day = parseDay(text, null);
    if (day.ok && (hasYear || day.value >= today)) return daysBetween(today, day.value);
  }
  return null;
}

function readSpan(words: string): number {
  const [, count = "", unit = ""] = words.split(" ");
  return Math.min(furthestDays, (numbers[count] ?? Number(count)) * (unitDays[unit.replace(/s$/u, "")] ?? 1));
}

/** "On Monday" of a Monday is the next one. */
function readWeekday(words: string, today: string): number {
  return (weekdays.indexOf(words) - new Date(`${today}T00:00:00Z`).getUTCDay() + 7) % 7 || 7;
}

function timeOf({ groups = {} }: RegExpExecArray): string | null {
  const { hour, minute, half, noon } = groups;
  if (noon !== undefined) return clockOf(12, 0);
  const said = Number(hour);
  if (half !== undefined) {
    if (said < 1 || said > 12) return null;
    return clockOf((said % 12) + (half.toLowerCase() === "p" ? 12 : 0), Number(minute ?? 0));
  }
  if (minute !== undefined) return clockOf(said, Number(minute));
  // Nobody calls at three in the night.
  return said > 23 ? null : clockOf(said >= 1 && said < 8 ? said + 12 : said, 0);
}

function clockOf(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Of a time alone: today, or tomorrow where it has passed. */
function nextDayOf(at: string, now: string, zone: string): number {
  const { hour, minute } = wallTimeOf(Date.parse(now), zone);
  return at > clockOf(hour, minute) ? 0 : 1;
}

function tidy(text: string): string {
  return text
    .replaceAll(mark, " ")
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/ (?=[,.;!?])/gu, "")
    .trim();
}
