import { isHere, type PhoneCommand, type PhoneState } from "../../../shared/calls/phone.ts";
import type { PhoneKey } from "../../host/services.ts";

/** What a key means at this moment; null = nothing that it could mean. */
export function commandOfKey({ calls }: PhoneState, key: PhoneKey): PhoneCommand | null {
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
