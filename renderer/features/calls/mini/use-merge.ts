import { isConnected, isOfOwnExchange } from "../../../../shared/calls/call.ts";
import { pairToMerge } from "../../../../shared/calls/merge-pair.ts";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { useCallKeys } from "../live/use-call-keys.ts";
import { useAskPhone } from "../model/use-phone.ts";

/** `run` null: it cannot be pressed. */
export type Merge = { run: (() => void) | null; why: string };

/** What can be done to make one of a call that waits and the one beside it; null = they have nothing to do with each other. */
export function useMerge(waiting: PhoneCall | null, beside: PhoneCall | null): Merge | null {
  const ask = useAskPhone();
  if (!waiting || !beside || ![waiting, beside].every(isOwnTalk)) return null;
  if (isOfOwnExchange(waiting.call)) return { run: null, why: notAtExchange };
  const pair = pairToMerge(waiting, beside);
  if (pair === null) return { run: null, why: notNow };
  const { into, from } = pair;
  return { run: () => void ask({ do: "merge", callId: into.callId, with: from.callId }), why: "" };
}

/** Its key, for the first that waits. */
export function useMergeKey(waiting: PhoneCall | undefined, beside: PhoneCall | null): void {
  const merge = useMerge(waiting ?? null, beside);
  useCallKeys(merge?.run ? { merge: merge.run } : {});
}

function isOwnTalk({ call, monitoring }: PhoneCall): boolean {
  return monitoring === null && isConnected(call);
}

const notNow = "These two calls cannot be merged now: let go of whoever else is in one of them, or end the transfer first."; // prettier-ignore
const notAtExchange =
  "At your own exchange two calls stay two: transfer one of them, or use the exchange's own conference.";
