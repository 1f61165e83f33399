import { z } from "zod";
import { custom, email, instantOrNull, line, longText, phone, tags, teamRef, userRef } from "./fields.ts";
import { recordBase } from "./record.ts";

export const Lead = z.strictObject({
  ...recordBase,
  name: line.min(1),
  company: line,
  title: line,
  phone,
  phoneSecond: phone,
  email,
  city: line,
  /** IANA zone of the person, for calling windows; empty = derived from the number. */
  timeZone: z.string().max(60),
  /** Key of a `stage` setting of pipeline `leads`. */
  stage: z.string().max(60),
  /** 0-100; null = not scored yet. */
  score: z.int().min(0).max(100).nullable(),
  source: line,
  ownerId: userRef,
  teamId: teamRef,
  tags,
  notes: longText,
  lastContactAt: instantOrNull,
  doNotCall: z.boolean(),
  /** The import that made this lead, so that a whole import can be undone. */
  importId: z.string().max(64).nullable(),
  custom,
});
export type Lead = z.infer<typeof Lead>;
