import { isConnected } from "../../../shared/calls/call.ts";
import { isHere, type PhoneCall, type PhoneState } from "../../../shared/calls/phone.ts";

/**
 * The call in which this agent talks to somebody: their own, answered, and not by a machine. Of several the one that
 * is heard; while all wait, the one that was coached last.
 */
export function callUp({ calls }: Pick<PhoneState, "calls">, coached: string | null): PhoneCall | null {
  const talks = calls.filter(
    (one) => isHere(one) && isConnected(one.call) && one.monitoring === null && !one.call.machine,
  );
  return talks.find(isTogether) ?? talks.find(({ callId }) => callId === coached) ?? talks[0] ?? null;
}

/** Agent and customer hear each other: nobody is on hold, or asks a colleague meanwhile. */
export function isTogether({ call: { phase } }: PhoneCall): boolean {
  return phase.phase === "live" || phase.phase === "conference";
}
