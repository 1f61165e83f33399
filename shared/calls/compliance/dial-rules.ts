import { z } from "zod";
import { line } from "../../entities/fields.ts";

/** Where a rule holds: a country (`US`), one region of it (`US-FL`, ISO 3166-2), or everywhere (`*`). */
export const Where = z.string().regex(/^(?:\*|[A-Z]{2}(?:-[A-Z0-9]{1,3})?)$/u);
export type Where = z.infer<typeof Where>;

const wallTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/u);

/** Part of a day, by the called person's clock; `to` itself is outside. A night is written as two days. */
const Range = z
  .strictObject({ from: wallTime, to: wallTime })
  .refine(({ from, to }) => from < to, "The end comes before the beginning");
export type Range = z.infer<typeof Range>;

export const WindowRule = z.strictObject({
  where: Where,
  /** Monday first; an empty day is closed. */
  days: z.array(z.array(Range).max(6)).length(7),
  onHolidays: z.enum(["open", "closed"]),
  /** Where the rule comes from, for the person who reads why a dial was blocked. */
  source: line,
});
export type WindowRule = z.infer<typeof WindowRule>;

export const mostDialsInCap = 1_000;

/** At most `max` dials of one number or lead within any `withinHours`. */
export const CapRule = z.strictObject({
  where: Where,
  max: z.int().min(1).max(mostDialsInCap),
  withinHours: z
    .int()
    .min(1)
    .max(24 * 31),
  source: line,
});
export type CapRule = z.infer<typeof CapRule>;

/**
 * What recording needs. `one-party`: nothing said; `inform`: an announcement, and who stays agrees; `ask`: an
 * announcement and a clear yes.
 */
export const ConsentRule = z.strictObject({
  where: Where,
  consent: z.enum(["one-party", "inform", "ask"]),
  source: line,
});
export type ConsentRule = z.infer<typeof ConsentRule>;

/** A day off that the calendar does not tell by itself. */
export const Holiday = z.strictObject({ where: Where, on: z.iso.date(), name: line });
export type Holiday = z.infer<typeof Holiday>;

/** A tenant's rules. `defaultRules` are a beginning; they are a tool and no legal advice. */
export const DialRules = z.strictObject({
  /** The country's rule (or, without one, that for `*`) and those of all regions concerned hold together. */
  windows: z.array(WindowRule).max(500),
  holidays: z.array(Holiday).max(2_000),
  /** All that match hold together. */
  caps: z.array(CapRule).max(200),
  /** Between two dials of a campaign; by hand one may be repeated at once. */
  minGapMinutes: z.int().min(0).max(10_080),
  /** The most particular one counts; of several places, and of the regions of a country where it is not known which, the strictest. */
  consent: z.array(ConsentRule).max(500),
  /** Whether calls are recorded at all. */
  records: z.boolean(),
  /** Where we are, as far as it is known: the law of each of these places holds too. */
  offices: z.array(Where).min(1).max(10),
});
export type DialRules = z.infer<typeof DialRules>;
