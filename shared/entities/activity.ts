import { z } from "zod";
import { FieldValue, Instant, line, longText, recordRef, teamRef, userRef } from "./fields.ts";
import { recordBase } from "./record.ts";

/** One line of a record's timeline that is not a call, task, message or appointment of its own. */
export const Activity = z.strictObject({
  ...recordBase,
  kind: z.enum(["note", "email", "change", "created", "deleted", "restored", "import", "merge"]),
  leadId: recordRef,
  /** What it is about when not the lead itself. */
  subject: z.strictObject({ collection: z.string().max(40), id: z.string().max(64) }).nullable(),
  at: Instant,
  byId: userRef,
  ownerId: userRef,
  teamId: teamRef,
  title: line,
  text: longText,
  /** For `change`: one entry per field. Written by the server when it takes an edit. */
  changes: z.array(z.strictObject({ field: z.string().max(80), from: FieldValue, to: FieldValue })).max(200),
});
export type Activity = z.infer<typeof Activity>;

export const Appointment = z.strictObject({
  ...recordBase,
  title: line.min(1),
  leadId: recordRef,
  startAt: Instant,
  endAt: Instant,
  place: line,
  status: z.enum(["planned", "done", "cancelled", "missed"]),
  assigneeId: userRef,
  teamId: teamRef,
  notes: longText,
});
export type Appointment = z.infer<typeof Appointment>;

export const Message = z.strictObject({
  ...recordBase,
  leadId: recordRef,
  channel: z.enum(["email", "sms", "chat"]),
  direction: z.enum(["inbound", "outbound"]),
  at: Instant,
  byId: userRef,
  ownerId: userRef,
  teamId: teamRef,
  subject: line,
  text: longText,
  status: z.enum(["draft", "queued", "sent", "opened", "replied", "bounced", "received"]),
  openedCount: z.int().min(0),
});
export type Message = z.infer<typeof Message>;

export const Ticket = z.strictObject({
  ...recordBase,
  leadId: recordRef,
  title: line.min(1),
  status: z.enum(["open", "waiting", "solved", "closed"]),
  priority: z.enum(["low", "normal", "high", "urgent"]),
  assigneeId: userRef,
  teamId: teamRef,
  text: longText,
});
export type Ticket = z.infer<typeof Ticket>;

export const Recommendation = z.strictObject({
  ...recordBase,
  leadId: recordRef,
  ownerId: userRef,
  teamId: teamRef,
  kind: z.enum(["contact", "workflow", "template", "timing"]),
  title: line,
  reason: longText,
  priority: z.int().min(0).max(100),
  confidence: z.number().min(0).max(1),
  expiresAt: Instant.nullable(),
  status: z.enum(["new", "viewed", "accepted", "dismissed"]),
});
export type Recommendation = z.infer<typeof Recommendation>;
