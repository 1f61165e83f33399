import { unknownCall } from "../../../../shared/calls/next-call.ts";
import type { PhoneCall, PhoneState } from "../../../../shared/calls/phone.ts";
import { showLine } from "../line/line-machine.ts";
import { isWanted, type AskedDial, type OwnCall, type Phone } from "./model.ts";
import { abilitiesOf, isHeard, numberOf, stateOf } from "./own-call.ts";

const mostShown = 10;

/** What every window sees of the phone. */
export function showPhone({ me, line, calls, permits, audio }: Phone): PhoneState {
  const { microphone, devices, headset, network, test } = audio;
  const asked = permits.filter(isWanted).map((dial) => showDial(dial, me));
  return {
    line: showLine(line),
    calls: [...asked, ...calls.map(showCall)].slice(0, mostShown),
    microphone,
    devices,
    headset,
    network: calls.some(isHeard) ? network : null,
    test,
  };
}

/** There is no call yet, and somebody waits for one: they see whom they call, and can end it. */
function showDial({ callId, to, since, lead }: AskedDial, me: Phone["me"]): PhoneCall {
  const { id: leadId, name, company } = lead;
  return {
    callId,
    call: { ...unknownCall(since), direction: "outbound", to, agentId: me, leadId },
    number: to,
    name,
    company,
    leadId,
    muted: false,
    pending: null,
    can: ["hang-up"],
    warning: null,
    monitoring: null,
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
