import type { Clock, Timers } from "../../../../shared/result/ports.ts";
import type { Callback } from "../twiml/verbs.ts";
import type { Core, Limits } from "./core.ts";
import type { EmitEffect } from "./effects.ts";
import { createLegs, noteRinging } from "./legs.ts";
import { isOver, isUp, type Call, type CallStatus, type Endpoint, type Target } from "./model.ts";
import { createProgram, type TwimlAnswer } from "./program.ts";
import { createRecorder } from "./recorder.ts";
import { runVerb } from "./verbs/run-verb.ts";

export interface CarrierOptions {
  accountSid: string;
  /** Where this carrier's REST stands, for the addresses of recordings. */
  publicUrl: () => string;
  clock: Clock;
  timers: Timers;
  /** 32 hexadecimal digits. */
  newId: () => string;
  emit: EmitEffect;
  limits?: Limits;
}

/** What the far ends and the performers of effects report. */
export type CarrierEvent =
  | { event: "ringing"; callSid: string }
  | { event: "answered"; callSid: string; answeredBy: string | null }
  /** What has answered, found out beside the call. */
  | { event: "detected"; callSid: string; answeredBy: string }
  | { event: "refused"; callSid: string; status: "busy" | "no-answer" | "failed" }
  | { event: "hung-up"; callSid: string }
  | { event: "digit"; callSid: string; digit: string }
  | { event: "twiml"; requestId: string; answer: TwimlAnswer }
  | { event: "played"; callSid: string; playId: string }
  | { event: "recorded"; recordingSid: string; durationMs: number; path: string | null };

export interface IncomingCall {
  from: string;
  to: string;
  endpoint: Endpoint;
  callback: Callback | null;
  parameters?: Record<string, string>;
}

export interface OutgoingCall {
  from: string;
  to: string;
  endpoint: Endpoint;
  callback: Callback | null;
  machineDetection: boolean;
  detectsMessageEnd: boolean;
  asyncDetection: Callback | null;
  timeoutMs: number;
  timeLimitMs: number;
  parameters?: Record<string, string>;
  /** Runs when it is answered: its TwiML, or a conference to join. */
  answered(call: Call): void;
}

export type Carrier = ReturnType<typeof createCarrier>;

/**
 * The carrier: calls, conferences, queues and recordings as one machine.
 * It is stepped by events, timers and commands; whatever it wants done leaves through `emit`.
 */
export function createCarrier(options: CarrierOptions) {
  const core = {
    accountSid: options.accountSid,
    calls: new Map(),
    conferences: new Map(),
    queues: new Map(),
    recordings: new Map(),
    limits: options.limits ?? { calls: 1_000, kept: 5_000 },
    emit: options.emit,
    now: () => options.clock.now(),
    after: (delayMs: number, task: () => void) => options.timers.after(delayMs, task),
    newSid: (prefix: string) => prefix + options.newId(),
  } as unknown as Core;
  const { program, take } = createProgram(core, runVerb);
  const parts = { legs: createLegs(core), program, recorder: createRecorder(core, options.publicUrl) };
  Object.assign(core, parts);

  const step = (event: CarrierEvent): void => {
    if (event.event === "twiml") return take(event.requestId, event.answer);
    if (event.event === "recorded") {
      return core.recorder.written(event.recordingSid, event.durationMs, event.path);
    }
    const call = core.calls.get(event.callSid);
    if (call && !isOver(call)) stepCall(core, call, event);
  };

  const countLive = (): number => [...core.calls.values()].filter((call) => !isOver(call)).length;

  return {
    core,
    step,
    /** How many calls are not over. */
    countLive,
    hasRoom: () => countLive() < core.limits.calls,
    /** Makes an incoming call that does nothing yet; `begin` runs its TwiML. */
    reserve: (incoming: IncomingCall) => reserve(core, incoming).sid,
    begin(callSid: string, target: Target): void {
      const call = core.calls.get(callSid);
      if (call) core.program.redirect(call, target);
    },
    place: (outgoing: OutgoingCall) => place(core, outgoing),
  };
}

type CallEvent = Exclude<CarrierEvent, { event: "twiml" | "recorded" }>;

function stepCall(core: Core, call: Call, event: CallEvent): void {
  switch (event.event) {
    case "ringing":
      return noteRinging(core, call);
    case "answered":
      if (isUp(call)) return;
      call.answeredBy = event.answeredBy;
      core.legs.answer(call);
      return call.dialled?.answered();
    case "detected":
      return tellDetected(core, call, event.answeredBy);
    case "refused":
      return core.legs.end(call, event.status);
    case "hung-up":
      return core.legs.end(call, endOf(call));
    case "digit":
      core.emit({ effect: "digit", callSid: call.sid, digit: event.digit });
      return call.activity?.digit?.(event.digit);
    case "played":
      return call.activity?.played?.(event.playId);
  }
}

function tellDetected(core: Core, call: Call, answeredBy: string): void {
  if (!call.asyncDetection || call.answeredBy !== null) return;
  call.answeredBy = answeredBy;
  const { sid: CallSid, answeredAt } = call;
  const MachineDetectionDuration = String(core.now() - (answeredAt ?? core.now()));
  const params = { CallSid, AccountSid: core.accountSid, AnsweredBy: answeredBy, MachineDetectionDuration };
  core.emit({ effect: "callback", target: call.asyncDetection, params });
}

// A caller who hangs up before anybody answered has not completed a call.
function endOf(call: Call): CallStatus {
  if (call.answeredAt !== null) return "completed";
  return call.direction === "inbound" ? "canceled" : "no-answer";
}

function reserve(core: Core, incoming: IncomingCall): Call {
  return core.legs.create({
    ...incoming,
    parentSid: null,
    direction: "inbound",
    parameters: incoming.parameters ?? {},
    machineDetection: false,
    detectsMessageEnd: false,
    asyncDetection: null,
  });
}

function place(core: Core, outgoing: OutgoingCall): Call {
  const call = core.legs.create({
    ...outgoing,
    parentSid: null,
    direction: "outbound-api",
    parameters: outgoing.parameters ?? {},
  });
  const cancelRinging = core.after(outgoing.timeoutMs, () => {
    if (call.answeredAt === null) core.legs.end(call, "no-answer");
  });
  let cancelLimit = (): void => undefined;
  call.dialled = {
    answered: () => {
      cancelRinging();
      cancelLimit = core.after(outgoing.timeLimitMs, () => core.legs.end(call, "completed"));
      outgoing.answered(call);
    },
    ended: () => {
      cancelRinging();
      cancelLimit();
    },
  };
  core.legs.ring(call);
  return call;
}
