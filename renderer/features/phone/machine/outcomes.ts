import { isOfOwnExchange } from "../../../../shared/calls/call.ts";
import type { DialPermit } from "../../../../shared/calls/server-wire.ts";
import {
  findCall,
  replyTo,
  withCall,
  withoutCall,
  type Now,
  type OwnCall,
  type Phone,
  type PhoneEffect,
  type PhoneEvent,
  type Step,
} from "./model.ts";
import { isGuest, newCall, say } from "./own-call.ts";

// What has become of that which people had asked for.

/**
 * The server lets us dial: from here on there is a call, whatever becomes of it. Who has hung up meanwhile has left it
 * before it was placed, and is through with it.
 */
export function placeCall(phone: Phone, askId: string, permit: DialPermit, now: Now): Step {
  const waiting = phone.permits.find((one) => one.askId === askId);
  if (!waiting || !phone.me) return { phone, effects: [] };
  const { callId, from, to } = permit;
  const { leadId, lead, hungUp } = waiting;
  const provider = providerOf(phone);
  const { id, name, company } = lead;
  const said = say({ ...newCall(callId), leg: "opening", leadId: id, name, company }, now, {
    type: "requested",
    from,
    to,
    provider,
    agentId: phone.me,
    leadId,
  });
  const permits = phone.permits.filter((one) => one !== waiting);
  if (hungUp) {
    const ended = say(said.call, now, { type: "ended", why: "cancelled" });
    const over = say(ended.call, now, { type: "wrapped-up", by: "agent" });
    const events = [said.event, ended.event, over.event];
    const effects: PhoneEffect[] = [{ do: "report", callId, events }];
    // Nobody waits for the answer: what goes wrong with it ends by itself in a minute.
    if (!isOfOwnExchange({ provider }))
      effects.push({ do: "control", askId: `withdraw:${callId}`, callId, control: { do: "hang-up" } });
    return { phone: { ...phone, permits }, effects };
  }
  return {
    phone: { ...phone, permits, calls: [said.call, ...phone.calls] },
    effects: [
      { do: "report", callId, events: [said.event] },
      { do: "follow-record", callId },
      { do: "connect", askId, permit },
    ],
  };
}

export function providerOf({ line }: Phone): string {
  if ("provider" in line) return line.provider;
  if ("access" in line) return line.access.provider;
  return "over" in line && line.over ? line.over.provider : "";
}

export function finishAsk(phone: Phone, askId: string): Step {
  const call = phone.calls.find(({ pending }) => pending?.askId === askId);
  const settled = call ? withCall(phone, { ...call, pending: null }) : phone;
  return { phone: settled, effects: [replyTo(askId)] };
}

type Refused = Extract<PhoneEvent, { type: "refused" }>;

export function refuseAsk(phone: Phone, { askId, error, callId }: Refused, now: Now): Step {
  const reply = replyTo(askId, error);
  const permits = phone.permits.filter((permit) => permit.askId !== askId);
  const calls = phone.calls.map((each) => (each.goesOver === askId ? { ...each, goesOver: null } : each));
  const rest = { ...phone, permits, calls };
  const isGivenUp = phone.permits.some((permit) => permit.askId === askId && permit.hungUp);
  if (isGivenUp) return { phone: rest, effects: [] };
  const unbegun = callId && findCall(rest, callId);
  if (unbegun) return failOpening(rest, unbegun, reply, now);
  const call = rest.calls.find(({ pending }) => pending?.askId === askId);
  if (!call) return { phone: rest, effects: [reply] };
  if (call.leg === "offered" && call.monitoring !== null && !isGuest(call)) {
    return { phone: withoutCall(rest, call.callId), effects: [{ do: "reject", callId: call.callId }, reply] };
  }
  return { phone: withCall(rest, { ...call, pending: null }), effects: [reply] };
}

function failOpening(phone: Phone, call: OwnCall, reply: PhoneEffect, now: Now): Step {
  const { callId } = call;
  const said = say(call, now, { type: "ended", why: call.hungUp ? "cancelled" : "failed" });
  return {
    phone: withoutCall(phone, callId),
    effects: [{ do: "report", callId, events: [said.event] }, reply],
  };
}

/** A hold that has come about. The carrier reports its own; a device that holds by itself reports it. */
export function noteHold(phone: Phone, callId: string, on: boolean, now: Now): Step {
  const call = findCall(phone, callId);
  if (!call) return { phone, effects: [] };
  const said = say(call, now, { type: on ? "held" : "resumed" });
  const effects: PhoneEffect[] = call.controlsItself
    ? [{ do: "report", callId: call.callId, events: [said.event] }]
    : [];
  return { phone: withCall(phone, said.call), effects };
}
