import webhooks from "twilio/lib/webhooks/webhooks.js";
import { webhooksPath } from "../../../sync-server/telephony/index.ts";
import { testAccountId, testAccountSid, testAuthToken } from "../../telephony/test-account.ts";

export type Side = "customer" | "agent";
/** Tells the server, as the carrier does, what one side is guessed to be saying, or was heard to say for good. */
export type TellWords = (side: Side, text: string, final?: boolean) => Promise<void>;

/** A transcription of the customer's leg, told by hand: when a word is told is known to the millisecond. */
export function openTelling(serverUrl: string, callSid: string): TellWords {
  let sequence = 0;
  return async (side, text, final = false) => {
    sequence += 1;
    const url = `${serverUrl}${webhooksPath}/${testAccountId}/transcription`;
    const fields = {
      ...{ AccountSid: testAccountSid, CallSid: callSid, TranscriptionSid: callSid.replace("CA", "GT") },
      ...{ TranscriptionEvent: "transcription-content", LanguageCode: "en-US" },
      Track: side === "customer" ? "inbound_track" : "outbound_track",
      ...{ SequenceId: String(sequence), Final: String(final), Timestamp: new Date().toISOString() },
      TranscriptionData: JSON.stringify({ transcript: text, confidence: 0.9 }),
    };
    const signature = webhooks.getExpectedTwilioSignature(testAuthToken, url, fields);
    const body = new URLSearchParams(fields);
    const answer = await fetch(url, { method: "POST", headers: { "x-twilio-signature": signature }, body });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  };
}
