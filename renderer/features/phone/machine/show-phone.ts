import type { PhoneCall, PhoneState } from "../../../../shared/calls/phone.ts";
import { showLine } from "../line/line-machine.ts";
import type { OwnCall, Phone } from "./model.ts";
import { abilitiesOf, isHeard, numberOf, stateOf } from "./own-call.ts";

const mostShown = 10;

/** What every window sees of the phone. */
export function showPhone({ line, calls, audio }: Phone): PhoneState {
  const { microphone, devices, headset, network, test } = audio;
  return {
    line: showLine(line),
    calls: calls.slice(0, mostShown).map(showCall),
    microphone,
    devices,
    headset,
    network: calls.some(isHeard) ? network : null,
    test,
  };
}

function showCall(call: OwnCall): PhoneCall {
  const { callId, name, company, leadId, muted, pending, monitoring, warning, broken } = call;
  return {
    callId,
    call: stateOf(call),
    number: numberOf(call),
    name,
    company,
    leadId,
    muted,
    pending: pending?.ability ?? null,
    can: abilitiesOf(call),
    warning: broken ? "The connection is broken. Ringside is trying to get it back." : warning,
    monitoring,
  };
}
