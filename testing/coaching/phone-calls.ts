import type { CallEvent } from "../../shared/calls/call-event.ts";
import { callRules } from "../../shared/calls/call-record.ts";
import { foldCall } from "../../shared/calls/fold-call.ts";
import type { PhoneCall } from "../../shared/calls/phone.ts";
import type { Utterance } from "../../shared/coaching/utterance.ts";
import type { RecordId } from "../../shared/entities/id.ts";

// A call of Ana's as her phone shows it, in each state that its coach hears of, and what is said in it.

export const answeredAt = "2026-11-21T09:00:00.000Z";

export function utterance(
  id: string,
  speaker: Utterance["speaker"],
  startMs: number,
  endMs: number,
  text: string,
  more: Partial<Utterance> = {},
): Utterance {
  return { id: id as RecordId, speaker, startMs, endMs, text, timing: [], revision: 0, final: true, ...more };
}

const from = { from: "+13125550147", to: "+17735550100", provider: "simulator" };

function phoneCall(events: object[], more: Partial<PhoneCall> = {}): PhoneCall {
  const told = events.map((what, at) => ({
    source: "carrier:CA1",
    key: `CA1:${at}`,
    seq: at,
    at: answeredAt,
    ...what,
  }));
  const call = foldCall(told as unknown as CallEvent[], callRules);
  if (!call) throw new Error("no call");
  return {
    callId: "call-1" as RecordId,
    call,
    ...{ number: "+13125550147", name: "Maria Kowalski", company: "", leadId: null, muted: false },
    ...{ pending: null, can: ["hang-up"], warning: null, monitoring: null, ...more },
  };
}
const offered = { type: "offered", ...from };
const answered = { type: "answered", agentId: "ana" };
export const ringing = () =>
  phoneCall([offered, { type: "routed", agentId: "ana" }], { can: ["answer", "decline"] });
export const talking = () => phoneCall([offered, answered]);
/** It was asked for their yes, and answered so; told one after the other. */
export const agreeing = (...told: ("needed" | "given" | "refused")[]) =>
  phoneCall([offered, answered, ...told.map((how) => ({ type: "consent", how }))]);
export const held = () => phoneCall([offered, answered, { type: "held" }]);
export const consulting = () =>
  phoneCall([
    offered,
    answered,
    {
      type: "transfer-started",
      ...{ transferId: "t1", mode: "warm", target: { kind: "number", number: "+13125550148" } },
    },
  ]);
export const resumed = (atMs: number) =>
  phoneCall([offered, answered, { type: "held" }, { type: "resumed", at: new Date(atMs).toISOString() }]);
export const monitored = () => phoneCall([offered, answered], { monitoring: "listen" });
export const machine = () =>
  phoneCall([
    { type: "requested", ...from, agentId: "ana", leadId: null },
    { type: "answered", agentId: null },
    { type: "machine-detected" },
  ]);
