import { z } from "zod";
import { RecordId, TeamId, UserId } from "./id.ts";

/** An instant as ISO 8601 in UTC with milliseconds: sorts as text, reads in every log. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** A day in the tenant's calendar, YYYY-MM-DD. */
export const Day = z.iso.date();
export type Day = z.infer<typeof Day>;

/** One line of a form. */
export const line = z.string().max(500);
/** Text of several lines, merged by line when two people write at once. */
export const longText = z.string().max(50_000);
/** E.164 where it could be understood, otherwise what the person typed: a number is never thrown away. */
export const phone = z.string().max(40);
export const email = z.string().max(320);
/** Currency in major units, as people type it; at most 12 digits before and 2 after the point. */
export const money = z.number().min(-1e12).max(1e12);
export const userRef = UserId.nullable();
export const teamRef = TeamId.nullable();
export const recordRef = RecordId.nullable();
export const instantOrNull = Instant.nullable();
export const dayOrNull = Day.nullable();
export const tag = z.string().min(1).max(100);
export const maxTags = 100;
export const tags = z.array(tag).max(maxTags);

/** A tenant's own fields by key. Which keys exist and what they hold is said by `field` settings. */
export const CustomValue = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(500)).max(200),
  z.null(),
]);
export type CustomValue = z.infer<typeof CustomValue>;
export const custom = z.record(z.string().regex(/^[a-z][a-z0-9_]{0,62}$/u), CustomValue);

/** Any JSON a field may hold. */
export type FieldValue = z.infer<typeof FieldValue>;
export const FieldValue = z.json();
