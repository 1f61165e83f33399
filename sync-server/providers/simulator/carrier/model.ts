import type { Callback, Verb } from "../twiml/verbs.ts";
import type { Waiting } from "./waiting.ts";

export type HttpMethod = "GET" | "POST";

/** Twilio's own words for a call's state, as they stand in its REST answers and callbacks. */
export type CallStatus =
  | "queued"
  | "initiated"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "failed"
  | "no-answer"
  | "canceled";

export type Direction = "inbound" | "outbound-api" | "outbound-dial";

/** What is at the far end of a leg. */
export type Endpoint =
  | { kind: "number"; number: string }
  | { kind: "client"; identity: string; parameters: Record<string, string> }
  | { kind: "sip"; uri: string };

/** An address that TwiML is fetched from. */
export interface Target {
  readonly url: string;
  readonly method: HttpMethod;
  readonly fallbackUrl?: string;
}

/** TwiML being executed. Frames stack: a waiting room or a whisper runs above the document that led to it. */
export interface Frame {
  readonly verbs: readonly Verb[];
  next: number;
  /** Relative URLs in the document are meant from here. */
  readonly baseUrl: string;
  /** Runs when the last verb is done; the call ends here when it is absent. */
  readonly done?: () => void;
  /** Where a <Redirect> in it leads; the whole call goes there when it is absent. */
  readonly redirect?: (target: Target) => void;
  /** Runs when the frame is left before its end. */
  readonly dropped?: () => void;
}

/** What the running verb waits for. `stop` takes the call out of it, when it is redirected or hangs up. */
export interface Activity {
  readonly name: string;
  stop(): void;
  digit?(digit: string): void;
  played?(playId: string): void;
}

export interface Call {
  readonly sid: string;
  readonly parentSid: string | null;
  readonly direction: Direction;
  readonly from: string;
  readonly to: string;
  readonly endpoint: Endpoint;
  readonly createdAt: number;
  /** Sent with every request for this call's TwiML (a client's own parameters). */
  readonly parameters: Record<string, string>;
  readonly callback: Callback | null;
  readonly machineDetection: boolean;
  /** A machine counts as answered only after its beep. */
  readonly detectsMessageEnd: boolean;
  /** Told what answered while the call goes on; null: the call waits for it. */
  readonly asyncDetection: Callback | null;
  status: CallStatus;
  answeredAt: number | null;
  endedAt: number | null;
  answeredBy: string | null;
  /** Of the next status callback; with the CallSid it is the callback's identity. */
  sequence: number;
  frames: Frame[];
  activity: Activity | null;
  /** Set on a dialled leg: what its dialler does when it answers or ends. */
  dialled: { answered(): void; ended(): void } | null;
}

export interface Participant {
  readonly callSid: string;
  readonly label: string | null;
  readonly joinedAt: number;
  readonly startOnEnter: boolean;
  endOnExit: boolean;
  muted: boolean;
  hold: boolean;
  holdUrl: string | null;
  coaching: boolean;
  callSidToCoach: string | null;
  readonly beep: string;
  readonly waitTarget: Target | null;
  /** While the conference has not begun, or the participant is on hold with TwiML of its own. */
  waiting: Waiting | null;
  /** Takes the call out of the conference. */
  leave(): void;
}

export interface Conference {
  readonly sid: string;
  readonly name: string;
  readonly createdAt: number;
  readonly callback: Callback | null;
  readonly participants: Map<string, Participant>;
  status: "init" | "in-progress" | "completed";
  updatedAt: number;
  reasonEnded: string | null;
  callSidEndingConference: string | null;
  sequence: number;
}

export interface QueueMember {
  readonly callSid: string;
  readonly enqueuedAt: number;
  /** Takes the call out of the queue; `result` is what Twilio calls QueueResult. */
  leave(result: string): void;
  /** Takes the call out to meet an agent; `begin` gets what is to run when they part. */
  bridge(begin: (parted: () => void) => void): void;
}

export interface Queue {
  readonly sid: string;
  readonly createdAt: number;
  updatedAt: number;
  name: string;
  maxSize: number;
  readonly members: QueueMember[];
  /** Dialled legs that wait for somebody to be enqueued, first come first served. */
  readonly waiters: (() => void)[];
}

export interface Recording {
  readonly sid: string;
  readonly callSid: string;
  readonly conferenceSid: string | null;
  readonly startedAt: number;
  readonly channels: 1 | 2;
  readonly source: string;
  readonly callback: Callback | null;
  status: "in-progress" | "paused" | "stopped" | "processing" | "completed" | "absent";
  durationMs: number | null;
  pauseBehaviour: "silence" | "skip" | null;
  /** Where its WAV stands, once it is completed. */
  path: string | null;
}

const finished: ReadonlySet<CallStatus> = new Set(["completed", "busy", "failed", "no-answer", "canceled"]);

export function isOver(call: Call): boolean {
  return finished.has(call.status);
}

export function isUp(call: Call): boolean {
  return call.status === "in-progress";
}
