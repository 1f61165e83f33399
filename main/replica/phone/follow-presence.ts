import { isConnected } from "../../../shared/calls/call.ts";
import { isHere, type PhoneCall, type PhoneState } from "../../../shared/calls/phone.ts";
import type { Presence } from "../../../shared/sync/wire.ts";
import type { PresenceBoard } from "../presence/presence.ts";

/**
 * Lets presence follow the phone: busy in a call, wrap-up after it, then what it was before. A person who chooses
 * for themselves meanwhile has the last word until the phone is quiet again.
 */
export function followPhone(presence: Pick<PresenceBoard, "mine" | "setMine">): (phone: PhoneState) => void {
  let before: { presence: Presence; reason: string } | null = null;
  let ours: Presence | null = null;
  const isOurs = () => presence.mine().presence === ours;
  return (phone) => {
    const wanted = presenceOf(phone);
    if (wanted === null) {
      if (before !== null && isOurs()) presence.setMine(before.presence, before.reason);
      before = ours = null;
    } else if (before === null || isOurs()) {
      before ??= presence.mine();
      ours = wanted;
      presence.setMine(wanted, "", "phone");
    }
  };
}

/** Null: the phone does not say. A phone that rings does not make anybody busy, and neither does listening in. */
function presenceOf({ calls }: PhoneState): "busy" | "wrap-up" | null {
  const own = calls.filter(({ monitoring }) => monitoring === null || monitoring === "party");
  // A dial that the server has not permitted yet may come to nothing, and whoever waits longest is counted from the last change.
  const isDialling = ({ direction, phase }: PhoneCall["call"]) =>
    direction === "outbound" && ["dialling", "ringing"].includes(phase.phase);
  if (own.some((one) => isHere(one) && (isConnected(one.call) || isDialling(one.call)))) return "busy";
  return own.some(({ call }) => call.phase.phase === "wrap-up") ? "wrap-up" : null;
}
