import { isHere, type PhoneCommand, type PhoneState } from "../../../shared/calls/phone.ts";
import type { PhoneAct, PhoneControl, PhoneKey } from "../../host/services.ts";
import { tagOf } from "./tell-rings.ts";

type KeyCommand = Extract<PhoneCommand, { do: "answer" | "decline" | "mute" | "hang-up" }>;

/**
 * What a key means at this moment; null = nothing that it could mean.
 * @param tag of the notification whose button it is: it means that call and no other; null = no notification's
 */
export function commandOfKey(phone: PhoneState, key: PhoneKey, tag: string | null = null): KeyCommand | null {
  const calls = tag === null ? phone.calls : phone.calls.filter(({ callId }) => tagOf(callId) === tag);
  const ringing = calls.find(({ can }) => can.includes("answer"));
  const heard = calls.find((one) => isHere(one) && one.call.phase.phase !== "held");
  switch (key) {
    case "answer":
      return ringing ? { do: "answer", callId: ringing.callId } : null;
    case "hang-up":
      if (heard) return { do: "hang-up", callId: heard.callId };
      return ringing ? { do: "decline", callId: ringing.callId } : null;
    case "mute":
      return heard ? { do: "mute", callId: heard.callId, on: !heard.muted } : null;
  }
}

const offered = ["answer", "mute", "hang-up"] as const satisfies PhoneKey[];

/** The keys that mean something at this moment and what they would do, for whoever offers them by name. */
export function controlsOf(phone: PhoneState): PhoneControl[] {
  return offered.flatMap((key) => {
    const command = commandOfKey(phone, key);
    return command ? [{ key, does: actOf(command) }] : [];
  });
}

function actOf(command: KeyCommand): PhoneAct {
  if (command.do !== "mute") return command.do;
  return command.on ? "mute" : "unmute";
}
