import { isBeingCalled } from "./call.ts";
import type { PhoneCall } from "./phone.ts";

type Mergeable = Pick<PhoneCall, "callId" | "call" | "can">;

/**
 * Which of two calls goes on as one with both, and whose other side comes over into it; null = they stay two. Others who
 * are in one of them stay where they are; otherwise it is the one that has waited, or was there first.
 */
export function pairToMerge<C extends Mergeable>(one: C, other: C): { into: C; from: C } | null {
  if (one.callId === other.callId || ![one, other].every(mayMerge)) return null;
  const [into, from] = goesOn(one, other) ? [one, other] : [other, one];
  return isShared(from) ? null : { into, from };
}

/** Whoever is being called into one of them is waited for, or called off. */
function mayMerge({ can, call }: Mergeable): boolean {
  return can.includes("merge") && !(call.asked ?? []).some(isBeingCalled);
}

function goesOn(one: Mergeable, other: Mergeable): boolean {
  if (isShared(one) !== isShared(other)) return isShared(one);
  if (isHeld(one) !== isHeld(other)) return isHeld(one);
  return one.call.startedAt <= other.call.startedAt;
}

function isShared({ call }: Mergeable): boolean {
  return call.parties.some(({ role }) => role === "party");
}

function isHeld({ call }: Mergeable): boolean {
  return call.phase.phase === "held";
}
