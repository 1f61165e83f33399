import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { assertNever } from "../../../shared/result/result.ts";
import type { CarrierAccount, Script, Step } from "../../telephony/index.ts";
import { hookUrl } from "./urls.ts";

/** Messages that callers leave end when they say nothing for so long. */
const silenceS = 5;

/** What a call is to do, as TwiML. */
export function writeTwiml(account: CarrierAccount, script: Script): string {
  const response = new VoiceResponse();
  for (const step of script) write(account, response, step);
  return response.toString();
}

function write(account: CarrierAccount, response: VoiceResponse, step: Step): void {
  switch (step.do) {
    case "say":
      response.say(step.text);
      return;
    case "play":
      response.play({ loop: step.times }, step.url);
      return;
    case "pause":
      response.pause({ length: Math.ceil(step.ms / 1_000) });
      return;
    case "transcribe":
      response.start().transcription(transcriptionOf(account, step.legId));
      return;
    case "stream":
      response.start().stream({
        name: step.legId,
        url: step.url,
        track: "both_tracks",
        statusCallback: hookUrl(account, "stream", { leg: step.legId }),
      });
      return;
    case "join":
      join(account, response, step);
      return;
    case "take-message":
      response.record({
        action: hookUrl(account, "next", { leg: step.legId }),
        maxLength: Math.ceil(step.longestMs / 1_000),
        timeout: silenceS,
        playBeep: true,
        recordingStatusCallback: hookUrl(account, "recording", { leg: step.legId, for: "voicemail" }),
        recordingStatusCallbackEvent: ["completed", "absent"],
      });
      return;
    case "wait-on":
      response.redirect(hookUrl(account, "wait", { call: step.callId }));
      return;
    case "hang-up":
      response.hangup();
      return;
    case "refuse":
      response.reject({ reason: step.why });
      return;
    default:
      assertNever(step);
  }
}

function join(account: CarrierAccount, response: VoiceResponse, step: Extract<Step, { do: "join" }>): void {
  const { room, legId, anchor, opens, muted, coach } = step;
  response.dial({ action: hookUrl(account, "next", { leg: legId }) }).conference(
    {
      participantLabel: legId,
      startConferenceOnEnter: opens,
      endConferenceOnExit: anchor,
      muted,
      // The tone that Twilio plays when somebody comes in would tell the customer of a supervisor.
      beep: "false",
      waitUrl: hookUrl(account, "wait", { call: room }),
      statusCallback: hookUrl(account, "room", { call: room }),
      statusCallbackEvent: ["join", "leave"],
      ...(coach === null ? {} : { coach }),
    },
    room,
  );
}

/** What is to be written down of a leg, under the leg's name: said alike in TwiML and by REST. */
export function transcriptionOf(account: CarrierAccount, legId: string) {
  return {
    name: legId,
    statusCallbackUrl: hookUrl(account, "transcription", { leg: legId }),
    track: "both_tracks",
    partialResults: true,
  } as const;
}
