import { z } from "zod";
import { Instant, line } from "../../entities/fields.ts";

/** What is known of a dial before it is made. */
export const DialFacts = z.strictObject({
  /** As it stands in the record or was typed. */
  number: z.string().max(100),
  /** ISO 3166 country of numbers that are written without one. */
  country: z.string().regex(/^[A-Z]{2}$/u),
  /** Dialled by way of the company's own exchange, which knows short numbers as people inside. */
  atExchange: z.boolean(),
  /** `into-a-call`: to take a call over, or to join it. */
  how: z.enum(["campaign", "by-hand", "into-a-call"]),
  lead: z
    .strictObject({
      doNotCall: z.boolean(),
      /** IANA; empty = unknown. Somebody's own word: it replaces what the number says. */
      timeZone: z.string().max(60),
      /** ISO 3166-2; empty = unknown. Replaces what the number says. */
      region: z.string().regex(/^(?:[A-Z]{2}-[A-Z0-9]{1,3})?$/u),
      /** As typed. A name proves little, so its clock and law are added to the number's. */
      city: line,
    })
    .nullable(),
  /** The number's entry in a do-not-call list. */
  listed: z.strictObject({ since: Instant, list: line }).nullable(),
  /** Earlier dials of this number and this lead, in any order, as far back as the widest cap asks. */
  dials: z.array(Instant).max(10_000),
  /** Of the campaign or queue entry. */
  attempts: z.int().min(0),
  maxAttempts: z.int().min(1).nullable(),
});
export type DialFacts = z.infer<typeof DialFacts>;
