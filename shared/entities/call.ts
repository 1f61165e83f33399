import { z } from "zod";
import { CallState } from "../calls/call.ts";
import { Speaker } from "../coaching/utterance.ts";
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
  speaker: Speaker,
  /** Milliseconds on the call's one clock. */
  startMs: z.int().min(0),
  endMs: z.int().min(0),
  text: longText,
  /** Start (from `startMs`) and length of each word of `text` in ms, alternately; empty = not told. */
  timing: z.array(z.int().min(0)).max(8_000).default([]),
});
export type Segment = z.infer<typeof Segment>;
