import parsePhoneNumber from "libphonenumber-js/min";
import type { Core } from "./core.ts";
import type { Call } from "./model.ts";

export const apiVersion = "2010-04-01";

/** The fields that Twilio sends with every request about a call. */
export function describeCall(core: Core, call: Call): Record<string, string> {
  return {
    CallSid: call.sid,
    AccountSid: core.accountSid,
    ApiVersion: apiVersion,
    CallStatus: call.status,
    Direction: call.direction,
    From: call.from,
    To: call.to,
    Caller: call.from,
    Called: call.to,
    ...(call.parentSid ? { ParentCallSid: call.parentSid } : {}),
    ...(call.answeredBy ? { AnsweredBy: call.answeredBy } : {}),
    ...describePlace("From", call.from),
    ...describePlace("To", call.to),
    ...call.parameters,
  };
}

/** What a status callback adds. Twilio counts from 0 and dates in RFC 2822. */
export function statusParams(core: Core, call: Call): Record<string, string> {
  const talked = call.answeredAt === null ? 0 : seconds((call.endedAt ?? core.now()) - call.answeredAt);
  return {
    CallbackSource: "call-progress-events",
    SequenceNumber: String(call.sequence),
    Timestamp: rfc2822(core.now()),
    ...(call.endedAt === null
      ? {}
      : { CallDuration: String(talked), Duration: String(Math.ceil(talked / 60)) }),
  };
}

function describePlace(side: "From" | "To", address: string): Record<string, string> {
  if (!address.startsWith("+")) return {};
  const country = parsePhoneNumber(address)?.country ?? "";
  return { [`${side}City`]: "", [`${side}State`]: "", [`${side}Zip`]: "", [`${side}Country`]: country };
}

export function rfc2822(at: number): string {
  return new Date(at).toUTCString().replace("GMT", "+0000");
}

export function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
