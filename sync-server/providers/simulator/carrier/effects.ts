import type { Callback } from "../twiml/verbs.ts";
import type { TranscriptionVerb, StreamVerb } from "../twiml/verbs.ts";
import type { Call, Endpoint, Target } from "./model.ts";

/** What a leg's far end hears, and who hears it. A leg has one wiring at a time. */
export type Wiring =
  | { kind: "silence" }
  | { kind: "ringback" }
  | { kind: "hold-music" }
  | { kind: "play"; playId: string; source: PlaySource; loop: number }
  | { kind: "room"; room: string; muted: boolean; hold: boolean; coach: string | null }
  | { kind: "stream"; streamSid: string };

export type PlaySource =
  | { what: "say"; text: string }
  | { what: "file"; url: string }
  | { what: "digits"; digits: string }
  | { what: "beep" };

/**
 * What the carrier asks of the world. Emitted in order, performed by others, never awaited:
 * what comes of an effect returns as an event.
 */
export type Effect =
  | { effect: "fetch-twiml"; requestId: string; target: Target; params: Record<string, string> }
  | { effect: "callback"; target: Callback; params: Record<string, string> }
  | { effect: "ring"; call: Call; endpoint: Endpoint }
  | { effect: "tell-ringing"; call: Call }
  | { effect: "tell-answered"; call: Call }
  | { effect: "hang-up"; call: Call; wasRinging: boolean }
  | { effect: "wire"; callSid: string; wiring: Wiring }
  | { effect: "digit"; callSid: string; digit: string }
  | { effect: "beep"; room: string }
  | {
      effect: "record";
      recordingSid: string;
      subject: { callSid: string } | { room: string };
      channels: 1 | 2;
    }
  | { effect: "record-pause"; recordingSid: string; behaviour: "silence" | "skip" | null }
  | { effect: "record-stop"; recordingSid: string }
  | { effect: "transcribe"; transcriptionSid: string; callSid: string; verb: TranscriptionVerb }
  | { effect: "transcribe-stop"; transcriptionSid: string }
  | { effect: "stream"; streamSid: string; callSid: string; verb: StreamVerb }
  | { effect: "stream-stop"; streamSid: string };

export type EmitEffect = (effect: Effect) => void;
