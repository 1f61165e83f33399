import { addDays, addHours, addMinutes, addMonths, addWeeks, isBefore, set, startOfDay } from "date-fns";

/** When something is due. `allDay`: only the day of `at` counts, and `at` is its first moment here. */
export type Due = { at: Date; allDay: boolean };

/**
 * Reads a due time as people type it: "tomorrow 10:30", "fri", "in 2 weeks", "24 nov 3pm", "at 16:00".
 * A weekday or a time that has passed means the next one. Null: not a time.
 */
export function parseDue(text: string, now: Date): Due | null {
  const words = text.trim().toLowerCase().replaceAll(",", " ").split(/\s+/u).filter(Boolean);
  const phrase = words.length > 1 && leadIns.has(words[0] ?? "") ? words.slice(1) : words;
  return dueOfPhrase(phrase, now);
}

/**
 * Takes the due time off the end of a line: "Call Maria tomorrow 10:30" is "Call Maria", due tomorrow at 10:30.
 * `due` is null, and the title the whole line, where it ends in no time.
 */
export function splitDue(line: string, now: Date): { title: string; due: Due | null; phrase: string } {
  const words = line.trim().split(/\s+/u);
  // The longest phrase first, so that "tomorrow 10:30" is not read as "10:30" after a title that ends in "tomorrow".
  for (let from = Math.max(1, words.length - longestPhrase); from < words.length; from += 1) {
    if (articles.has(words[from - 1]?.toLowerCase() ?? "")) continue;
    const phrase = words.slice(from).join(" ");
    const due = parseDue(phrase, now);
    if (due) return { title: words.slice(0, from).join(" "), due, phrase };
  }
  return { title: line.trim(), due: null, phrase: "" };
}

const longestPhrase = 7;
/** After these a word is a thing: "about the sun". */
const articles = new Set(["the", "a", "an", "of"]);
const leadIns = new Set(["on", "by", "due", "for", "this"]);

function dueOfPhrase(words: string[], now: Date): Due | null {
  if (words.length === 0) return null;
  const moment = fromNow(words, now);
  if (moment) return moment;
  for (let cut = words.length; cut >= 0; cut -= 1) {
    const due =
      combine(words.slice(0, cut), words.slice(cut), now) ??
      combine(words.slice(cut), words.slice(0, cut), now);
    if (due) return due;
  }
  return null;
}

/** A day, a time of day, or both; each must use up all of its words. */
function combine(dayWords: string[], timeWords: string[], now: Date): Due | null {
  const day = dayWords.length > 0 ? dayOf(dayWords.join(" "), now) : null;
  const time = timeWords.length > 0 ? timeOf(timeWords.join(" ")) : null;
  if ((dayWords.length > 0 && !day) || (timeWords.length > 0 && !time)) return null;
  if (day && time) return { at: set(day.at, time), allDay: false };
  if (day)
    return day.hours === undefined
      ? { at: day.at, allDay: true }
      : { at: set(day.at, at(day.hours)), allDay: false };
  if (!time) return null;
  const today = set(startOfDay(now), time);
  return { at: isBefore(today, now) ? addDays(today, 1) : today, allDay: false };
}

type TimeOfDay = { hours: number; minutes: number };
const at = (hours: number, minutes = 0): TimeOfDay => ({ hours, minutes });

const namedTimes: Record<string, TimeOfDay> = {
  noon: at(12),
  midday: at(12),
  morning: at(9),
  afternoon: at(14),
  evening: at(18),
  tonight: at(20),
};

function timeOf(text: string): TimeOfDay | null {
  const bare = text.replace(/^(at|in the)\s+/u, "");
  const named = namedTimes[bare];
  if (named) return named;
  const match = /^(\d{1,2})(?:[:.](\d\d))?\s?(am|pm)?$/u.exec(bare);
  // A bare number is a time only after "at": "Read chapter 7" is not due at seven.
  if (!match || (!match[2] && !match[3] && bare === text)) return null;
  const [, hourText = "", minuteText = "0", half] = match;
  const hours = half ? (Number(hourText) % 12) + (half === "pm" ? 12 : 0) : Number(hourText);
  const valid = hours < 24 && Number(minuteText) < 60 && (!half || Number(hourText) <= 12);
  return valid ? at(hours, Number(minuteText)) : null;
}

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** `hours` where the word for the day names a time as well: "tonight". */
type DayOf = { at: Date; hours?: number };

function dayOf(text: string, now: Date): DayOf | null {
  const today = startOfDay(now);
  const bare = text.replace(/^(on|by|due|for|this)\s+/u, "");
  if (bare === "today") return { at: today };
  if (bare === "tonight") return { at: today, hours: 20 };
  if (bare === "tomorrow" || bare === "tmr" || bare === "tom") return { at: addDays(today, 1) };
  if (bare === "next week") return { at: nextWeekday(today, 1) };
  if (bare === "next month") return { at: set(addMonths(today, 1), { date: 1 }) };
  if (bare === "weekend") return { at: nextWeekday(today, 6) };
  const found = weekdayOf(bare, today) ?? calendarDay(bare, today);
  return found && { at: found };
}

function weekdayOf(text: string, today: Date): Date | null {
  const match = /^(next )?([a-z]{3,9})$/u.exec(text);
  if (!match) return null;
  const [, next, word = ""] = match;
  const index = weekdays.findIndex((name) => name === word || (word.length <= 5 && name.startsWith(word)));
  if (index < 0) return null;
  const day = nextWeekday(today, index);
  // "Next Friday" on a Wednesday is not the one two days ahead.
  return next && day.getTime() - today.getTime() < 6 * 86_400_000 && index > today.getDay()
    ? addDays(day, 7)
    : day;
}

function nextWeekday(today: Date, index: number): Date {
  return addDays(today, (index - today.getDay() + 7) % 7 || 7);
}

/** "24 nov", "nov 24", "24 november 2027", "2026-11-24". */
function calendarDay(text: string, today: Date): Date | null {
  const iso = /^(\d{4})-(\d\d?)-(\d\d?)$/u.exec(text);
  if (iso) return realDay(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]));
  const match =
    /^(?<day>\d{1,2})(?:st|nd|rd|th)? (?<month>[a-z]{3,9})(?: (?<year>\d{4}))?$/u.exec(text) ??
    /^(?<month>[a-z]{3,9}) (?<day>\d{1,2})(?:st|nd|rd|th)?(?: (?<year>\d{4}))?$/u.exec(text);
  if (!match?.groups) return null;
  const { day = "", month = "", year } = match.groups;
  const monthIndex = months.indexOf(month.slice(0, 3));
  if (monthIndex < 0) return null;
  if (year) return realDay(Number(year), monthIndex, Number(day));
  const thisYear = realDay(today.getFullYear(), monthIndex, Number(day));
  return thisYear && isBefore(thisYear, today)
    ? realDay(today.getFullYear() + 1, monthIndex, Number(day))
    : thisYear;
}

/** Null for a day that the month does not have. */
function realDay(year: number, month: number, day: number): Date | null {
  const date = new Date(year, month, day);
  return date.getMonth() === month && date.getDate() === day ? date : null;
}

const steps: Record<string, { step: (from: Date, count: number) => Date; allDay: boolean }> = {
  min: { step: addMinutes, allDay: false },
  minute: { step: addMinutes, allDay: false },
  h: { step: addHours, allDay: false },
  hour: { step: addHours, allDay: false },
  d: { step: addDays, allDay: true },
  day: { step: addDays, allDay: true },
  week: { step: addWeeks, allDay: true },
  month: { step: addMonths, allDay: true },
};

/** "in 2 weeks", "in an hour", "in 3 days at 10:30". */
function fromNow(words: string[], now: Date): Due | null {
  const [first, amount = "", unit = "", ...rest] = words;
  const count = amount === "a" || amount === "an" ? 1 : Number(amount);
  const entry = steps[unit] ?? steps[unit.replace(/s$/u, "")];
  if (first !== "in" || !entry || !Number.isInteger(count) || count < 1 || count > 1000) return null;
  const moment = entry.step(
    entry.allDay ? startOfDay(now) : set(now, { seconds: 0, milliseconds: 0 }),
    count,
  );
  if (rest.length === 0) return { at: moment, allDay: entry.allDay };
  const time = entry.allDay ? timeOf(rest.join(" ")) : null;
  return time && { at: set(moment, time), allDay: false };
}
