import {
  isHere,
  type PhoneCall,
  type PhoneCommand,
  type PhoneState,
} from "../../../../shared/calls/phone.ts";
import type { HeadsetEvent, HeadsetLights } from "./headset-port.ts";

type Calls = Pick<PhoneState, "calls">;

/** What the lamps say of the calls. A headset that is in a call does not ring into the ear. */
export function lightsOf(phone: Calls): HeadsetLights {
  const { ringing, heard, held } = lookAt(phone);
  const inCall = heard !== undefined || held !== undefined;
  const answering = ringing?.pending === "answer";
  return {
    ring: ringing !== undefined && !answering && !inCall,
    offHook: inCall || answering,
    mute: heard?.muted ?? false,
    hold: inCall && heard === undefined,
  };
}

/** What a button asks of the phone; null where it means nothing at this moment. */
export function commandOf(event: HeadsetEvent, phone: Calls): PhoneCommand | null {
  const { ringing, heard, held } = lookAt(phone);
  switch (event.type) {
    case "hook":
      return event.off ? answer(ringing) : hangUp(heard ?? held);
    case "mute":
      return heard ? { do: "mute", callId: heard.callId, on: event.on } : null;
    case "reject":
      return ringing ? { do: "decline", callId: ringing.callId } : hangUp(heard ?? held);
    case "hold":
      if (ringing) return answer(ringing);
      return heard ? hold(heard, true) : hold(held, false);
  }
}

function lookAt({ calls }: Calls) {
  const open = calls.filter(isHere);
  return {
    ringing: calls.find(({ can }) => can.includes("answer")),
    heard: open.find((call) => !isHeld(call)),
    held: open.find(isHeld),
  };
}

function isHeld({ call: { phase } }: PhoneCall): boolean {
  return phase.phase === "held";
}

function answer(call: PhoneCall | undefined): PhoneCommand | null {
  return call ? { do: "answer", callId: call.callId } : null;
}

function hangUp(call: PhoneCall | undefined): PhoneCommand | null {
  return call ? { do: "hang-up", callId: call.callId } : null;
}

function hold(call: PhoneCall | undefined, on: boolean): PhoneCommand | null {
  return call ? { do: "hold", callId: call.callId, on } : null;
}
