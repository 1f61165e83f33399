import type { HttpMethod } from "../carrier/model.ts";

/** Where a verb sends its outcome, and how. An absent URL means: go on with the next verb. */
export interface Action {
  readonly url: string | null;
  readonly method: HttpMethod;
}

export interface Callback {
  readonly url: string;
  readonly method: HttpMethod;
  readonly events: readonly string[];
}

export type DialNoun =
  | {
      noun: "number";
      number: string;
      url: string | null;
      statusCallback: Callback | null;
      machineDetection: string | null;
    }
  | {
      noun: "client";
      identity: string;
      parameters: Record<string, string>;
      url: string | null;
      statusCallback: Callback | null;
    }
  | { noun: "sip"; uri: string; url: string | null; statusCallback: Callback | null };

export interface ConferenceNoun {
  readonly name: string;
  readonly startOnEnter: boolean;
  readonly endOnExit: boolean;
  readonly muted: boolean;
  readonly beep: string;
  /** Empty for silence, null for hold music. */
  readonly waitUrl: string | null;
  readonly waitMethod: HttpMethod;
  readonly coach: string | null;
  readonly record: boolean;
  readonly maxParticipants: number;
  readonly label: string | null;
  readonly statusCallback: Callback | null;
  readonly recordingStatusCallback: Callback | null;
}

export interface DialVerb {
  verb: "dial";
  action: Action;
  callerId: string | null;
  timeoutMs: number;
  timeLimitMs: number;
  answerOnBridge: boolean;
  hangupOnStar: boolean;
  record: string;
  recordingStatusCallback: Callback | null;
  nouns: DialNoun[];
  conference: ConferenceNoun | null;
  queue: { name: string; url: string | null } | null;
}

export interface GatherVerb {
  verb: "gather";
  action: Action;
  timeoutMs: number;
  numDigits: number | null;
  finishOnKey: string;
  actionOnEmptyResult: boolean;
  prompts: Verb[];
}

export interface RecordVerb {
  verb: "record";
  action: Action;
  silenceMs: number;
  maxLengthMs: number;
  finishOnKey: string;
  playBeep: boolean;
  statusCallback: Callback | null;
}

export interface TranscriptionVerb {
  verb: "start-transcription";
  name: string | null;
  statusCallback: Callback | null;
  track: "inbound_track" | "outbound_track" | "both_tracks";
  inboundTrackLabel: string | null;
  outboundTrackLabel: string | null;
  partialResults: boolean;
  languageCode: string;
}

export interface StreamVerb {
  verb: "start-stream" | "connect-stream";
  name: string | null;
  url: string;
  track: "inbound_track" | "outbound_track" | "both_tracks";
  parameters: Record<string, string>;
  statusCallback: Callback | null;
  action: Action;
}

export type Verb =
  | { verb: "say"; text: string; loop: number }
  | { verb: "play"; url: string; digits: string | null; loop: number }
  | { verb: "pause"; lengthMs: number }
  | { verb: "hangup" }
  | { verb: "leave" }
  | { verb: "reject"; reason: "busy" | "rejected" }
  | { verb: "redirect"; target: { url: string; method: HttpMethod } }
  | { verb: "enqueue"; queue: string; waitUrl: string | null; waitMethod: HttpMethod; action: Action }
  | { verb: "stop-transcription"; name: string | null }
  | { verb: "stop-stream"; name: string | null }
  | DialVerb
  | GatherVerb
  | RecordVerb
  | TranscriptionVerb
  | StreamVerb;
