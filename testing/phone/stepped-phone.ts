import type { CallState } from "../../shared/calls/call.ts";
import { CallEvent, type EndReason } from "../../shared/calls/call-event.ts";
import { callRules } from "../../shared/calls/call-record.ts";
import { foldCall } from "../../shared/calls/fold-call.ts";
import type { PhoneCommand } from "../../shared/calls/phone.ts";
import type { RecordId, UserId } from "../../shared/entities/id.ts";
import {
  newPhone,
  type Phone,
  type PhoneEffect,
  type PhoneEvent,
} from "../../renderer/features/phone/machine/model.ts";
import { nextPhone } from "../../renderer/features/phone/machine/phone-machine.ts";
import { showPhone } from "../../renderer/features/phone/machine/show-phone.ts";

export const ana = "ana" as UserId;
export const one = "call-1" as RecordId;
export const two = "call-2" as RecordId;
export const start = Date.parse("2026-11-21T09:00:00.000Z");

/** A phone that is stepped by hand, and what came of each step. */
export function openPhone() {
  let phone: Phone = {
    ...newPhone(),
    me: ana,
    line: {
      state: "ready",
      provider: "simulator",
      expiresAt: "2026-11-21T10:00:00.000Z",
      edge: "",
      renewalDue: false,
      restartDue: false,
    },
  };
  phone = { ...phone, audio: { ...phone.audio, microphone: "granted" } };
  let ids = 0;
  let nowMs = start;
  const all: PhoneEffect[] = [];
  const tell = (event: PhoneEvent): PhoneEffect[] => {
    nowMs += 100;
    const step = nextPhone(phone, event, {
      at: new Date(nowMs).toISOString(),
      newId: () => `id-${(ids += 1)}`,
    });
    phone = step.phone;
    all.push(...step.effects);
    return step.effects;
  };
  let asks = 0;
  return {
    tell,
    all,
    ask: (command: PhoneCommand) => tell({ type: "asked", askId: `ask-${(asks += 1)}`, command }),
    phone: () => phone,
    shown: () => showPhone(phone),
    phases: () => showPhone(phone).calls.map(({ call }) => call.phase.phase),
    pass: (ms: number) => void (nowMs += ms),
  };
}
export type TestPhone = ReturnType<typeof openPhone>;

export const offer = (callId: RecordId): PhoneEvent => ({
  type: "offered",
  call: {
    callId,
    from: "+14155550100",
    to: "+14155550199",
    name: "",
    leadId: null,
    monitoring: null,
    provider: "simulator",
  },
});
export const ended = (callId: RecordId, why: EndReason = "completed"): PhoneEvent => ({
  type: "ended",
  callId,
  why,
  message: null,
});
export const opened = (callId: RecordId): PhoneEvent => ({ type: "opened", callId, controlsItself: false });
export const answered = (callId: RecordId): PhoneEvent => ({ type: "answered", callId });

/** As the server tells a call of which it knows this much. */
export function recordOf(facts: readonly { type: string }[], rules = callRules): CallState {
  const log = facts.map((fact, seq) => {
    const at = new Date(start + seq).toISOString();
    return CallEvent.parse({ ...fact, source: "carrier:CA1", key: `CA1:${seq}`, seq, at });
  });
  return foldCall(log, rules) as CallState;
}

/** A caller whom somebody has taken. */
export function takenBy(agentId: string): CallState {
  return recordOf([offered, answeredBy(agentId)]);
}

export const offered = { type: "offered", from: "+14155550100", to: "+14155550199", provider: "simulator" };
const answeredBy = (agentId: string) => ({ type: "answered", agentId });

/** Ana has dialled, and her own way is open. */
export function place(phone: TestPhone, callId: RecordId, controlsItself = false): void {
  phone.ask({ do: "dial", callId, to: "+14155550142", leadId: null });
  const permit = { callId, to: "+14155550142", from: "+14155550100", announce: false };
  phone.tell({ type: "permitted", askId: "ask-1", permit });
  phone.tell({ type: "opened", callId, controlsItself });
  phone.tell(answered(callId));
}

/** As the server tells what came of Ana's own dial. */
export function recordOfDial(...types: ("dialled" | "ringing" | "answered")[]): CallState {
  const both = { from: "+14155550100", to: "+14155550142", provider: "simulator" };
  const requested = { type: "requested", ...both, agentId: ana, leadId: null };
  return recordOf([requested, ...types.map((type) => (type === "answered" ? answeredBy(ana) : { type }))]);
}

export function talk(phone: TestPhone, callId: RecordId): void {
  phone.tell(offer(callId));
  phone.ask({ do: "answer", callId });
  phone.tell(opened(callId));
  phone.tell(answered(callId));
  const { pending } = phone.phone().calls.find((call) => call.callId === callId) ?? {};
  if (pending) phone.tell({ type: "done", askId: pending.askId });
}

export const doings = (effects: readonly PhoneEffect[]) => effects.map((effect) => effect.do);
export const reportsOf = (effects: readonly PhoneEffect[]) =>
  effects.flatMap((effect) => (effect.do === "report" ? effect.events.map(({ type }) => type) : []));
export const errorsOf = (effects: PhoneEffect[]) =>
  effects.flatMap((effect) => (effect.do === "reply" && !effect.answer.ok ? [effect.answer.error.code] : []));
