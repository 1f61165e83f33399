import type { EmitEffect } from "./effects.ts";
import type { Call, CallStatus, Conference, Frame, Queue, Recording, Target } from "./model.ts";
import type { Callback, Verb } from "../twiml/verbs.ts";

/** What every part of the carrier works with. The parts are bound to each other in `createCarrier`. */
export interface Core {
  readonly accountSid: string;
  readonly calls: Map<string, Call>;
  readonly conferences: Map<string, Conference>;
  readonly queues: Map<string, Queue>;
  readonly recordings: Map<string, Recording>;
  readonly limits: Limits;
  readonly emit: EmitEffect;
  now(): number;
  after(delayMs: number, task: () => void): () => void;
  /** A new identifier in Twilio's form: two letters and 32 hexadecimal digits. */
  newSid(prefix: string): string;
  readonly legs: Legs;
  readonly program: Program;
  readonly recorder: Recorder;
}

export interface Limits {
  /** Calls in progress at once; one more is refused with Twilio's 429. */
  readonly calls: number;
  /** Finished calls, conferences and recordings that stay to be asked about. */
  readonly kept: number;
}

/** The life of a leg. */
export interface Legs {
  create(leg: NewLeg): Call;
  ring(call: Call): void;
  /** Takes an incoming call off the hook, where it is not already. */
  answer(call: Call): void;
  end(call: Call, status: CallStatus): void;
  /** Fields that every request about this call carries. */
  describe(call: Call): Record<string, string>;
}

export type NewLeg = Pick<
  Call,
  | "parentSid"
  | "direction"
  | "from"
  | "to"
  | "endpoint"
  | "parameters"
  | "callback"
  | "machineDetection"
  | "detectsMessageEnd"
  | "asyncDetection"
>;

export interface OnTwiml {
  run(verbs: Verb[]): void;
  /** It cannot be had or read; the call fails where this is absent. */
  fail?(): void;
}

/** The TwiML that a call runs. */
export interface Program {
  /** Leaves whatever the call is doing and runs the document at `target`. */
  redirect(call: Call, target: Target, params?: Record<string, string>): void;
  /** As `redirect`, with the document itself. */
  replace(call: Call, twiml: string, baseUrl: string): void;
  /** The verb that is running is done: on with the next one. */
  next(call: Call): void;
  /** Runs verbs above the present document. */
  push(call: Call, frame: Frame): void;
  /** Drops a frame and all above it. */
  drop(call: Call, frame: Frame): void;
  /** Reports a verb's outcome to its action, or goes on where there is none. */
  report(call: Call, action: Target | null, params: Record<string, string>): void;
  fetch(call: Call, target: Target, params: Record<string, string>, on: OnTwiml): void;
  /** An address in the document that is running, made absolute. */
  resolve(call: Call, url: string): string;
  /** A callback that the document named, its address made absolute. */
  resolveCallback(call: Call, callback: Callback | null): Callback | null;
  stop(call: Call): void;
}

export interface Recorder {
  startOnCall(call: Call, options: Pick<Recording, "channels" | "source" | "callback">): Recording;
  startOnRoom(
    call: Call,
    room: string,
    options: Pick<Recording, "channels" | "source" | "callback">,
  ): Recording;
  pause(recording: Recording, behaviour: "silence" | "skip"): void;
  resume(recording: Recording): void;
  stop(recording: Recording): void;
  /** Ends what is recorded of a call that is over. */
  stopAll(callSid: string): void;
  urlOf(recording: Recording): string;
  /** The media has been written. */
  written(recordingSid: string, durationMs: number, path: string | null): void;
}
