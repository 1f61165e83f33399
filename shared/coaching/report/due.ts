import { wallTimeOf } from "../../time/zone.ts";

/** When something is promised for. */
export type CallDay = { at: string; timeZone: string };

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const numbers: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, two: 2, couple: 2, three: 3, few: 3, four: 4, five: 5, six: 6, seven: 7, ten: 10, fourteen: 14,
}; // prettier-ignore
const units: Readonly<Record<string, number>> = { minute: 0, hour: 0, day: 1, week: 7, month: 30 };

/**
 * In how many days something is promised: "today" 0, "by Friday" the next Friday, "in two weeks" 14. Null where no
 * time is named that these rules know.
 */
export function findDueDays(text: string, { at, timeZone }: CallDay): number | null {
  const said = text.toLowerCase();
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening)|right away|straight away|immediately|end of (?:the )?day)\b/u.test(said)) return 0; // prettier-ignore
  if (/\bday after tomorrow\b/u.test(said)) return 2;
  if (/\btomorrow\b/u.test(said)) return 1;
  return inSoMany(said) ?? onWeekday(said, at, timeZone) ?? spans(said);
}

function inSoMany(said: string): number | null {
  const found = /\b(?:in|within) (?:the next )?(?:about |just )?(?:a )?(\d+|\p{L}+)(?: of)? (minute|hour|day|week|month)s?\b/u.exec(said); // prettier-ignore
  if (found === null) return null;
  const [, number = "", unit = ""] = found;
  const many = /^\d+$/u.test(number) ? Number(number) : numbers[number];
  const days = units[unit];
  return many === undefined || days === undefined ? null : Math.min(365, many * days);
}

function onWeekday(said: string, at: string, timeZone: string): number | null {
  const found = /\b(next )?(sunday|monday|tuesday|wednesday|thursday|friday|saturday)\b|\bend of (?:the |this )?week\b/u.exec(said); // prettier-ignore
  if (found === null) return null;
  const wanted = found[2] === undefined ? 5 : weekdays.indexOf(found[2]);
  const { year, month, day } = wallTimeOf(Date.parse(at), timeZone);
  const today = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  // On a Friday, "Friday" is a week off, but "by the end of the week" is today.
  const days = (wanted - today + 7) % 7;
  return days === 0 && found[2] !== undefined ? 7 : days;
}

function spans(said: string): number | null {
  if (/\bnext week\b/u.test(said)) return 7;
  if (/\bthis week\b/u.test(said)) return 3;
  return /\bnext month\b/u.test(said) ? 30 : null;
}
