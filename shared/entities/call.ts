import { z } from "zod";
import { CallState } from "../calls/call.ts";
import { EndReason } from "../calls/call-event.ts";
import { instantOrNull, Instant, line, longText, phone, recordRef, teamRef, userRef } from "./fields.ts";
import { recordBase } from "./record.ts";

export const Call = z.strictObject({
  ...recordBase,
  leadId: recordRef,
  agentId: userRef,
  teamId: teamRef,
  direction: z.enum(["inbound", "outbound"]),
  from: phone,
  to: phone,
  startedAt: Instant,
  answeredAt: instantOrNull,
  endedAt: instantOrNull,
  endReason: z.enum(["", ...EndReason.options]),
  /** The call as its events tell it; null = it was written down by hand or imported, no line of ours reported it. */
  line: CallState.nullable().default(null),
  /** Key of a `disposition` setting. */
  disposition: z.string().max(60),
  notes: longText,
  summary: longText,
  sentiment: z.enum(["", "very-negative", "negative", "neutral", "positive", "very-positive"]),
  recording: line,
});
export type Call = z.infer<typeof Call>;

/** One utterance of a transcript. */
export const Segment = z.strictObject({
  ...recordBase,
  callId: recordRef,
  leadId: recordRef,
  agentId: userRef,
  teamId: teamRef,
  speaker: z.enum(["agent", "customer"]),
  /** Milliseconds on the call's one clock. */
  startMs: z.int().min(0),
  endMs: z.int().min(0),
  text: longText,
});
export type Segment = z.infer<typeof Segment>;

/** What coaching found in one call. Written by the server; read offline. */
export const Insight = z.strictObject({
  ...recordBase,
  callId: recordRef,
  leadId: recordRef,
  agentId: userRef,
  teamId: teamRef,
  kind: z.string().max(60),
  at: Instant,
  body: longText,
  metrics: z.record(z.string().max(60), z.number()),
});
export type Insight = z.infer<typeof Insight>;
