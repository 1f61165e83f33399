import { z } from "zod";
import { custom, dayOrNull, line, longText, money, recordRef, teamRef, userRef } from "./fields.ts";
import { recordBase } from "./record.ts";

export const Deal = z.strictObject({
  ...recordBase,
  name: line.min(1),
  leadId: recordRef,
  listingId: recordRef,
  /** Key of a `stage` setting of pipeline `deals`. */
  stage: z.string().max(60),
  /** Null = nobody has named a sum yet. */
  value: money.nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/u),
  expectedCloseOn: dayOrNull,
  /** 0-100, a person's or a model's estimate. */
  probability: z.int().min(0).max(100).nullable(),
  ownerId: userRef,
  teamId: teamRef,
  notes: longText,
  custom,
});
export type Deal = z.infer<typeof Deal>;
