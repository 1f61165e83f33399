import type { RecordingLaw } from "../../shared/calls/compliance/dial-verdict.ts";
import { identifyNumber } from "../../shared/calls/compliance/identify-number.ts";
import { locatePerson } from "../../shared/calls/compliance/locate-person.ts";
import { announcementFor } from "../../shared/calls/compliance/recording-consent.ts";
import { dialRulesOf, type PhonePolicy } from "./policy.ts";

/** @param city of the lead whose number calls, as typed; empty = unknown */
type Caller = { ours: string; theirs: string; city: string };

/**
 * What the law where the two are asks of the recording of a call that comes in.
 * @param country ISO 3166, of the office
 */
export function recordingLawOf(
  policy: PhonePolicy,
  country: string,
  { ours, theirs, city }: Caller,
): RecordingLaw {
  const caller = identifyNumber(theirs, country);
  const lead = { doNotCall: false, timeZone: "", region: "", city };
  // Nobody knows where somebody is who hides their number.
  const place = caller.ok ? locatePerson(caller.value, lead) : { country: "", regions: [] };
  return announcementFor(place, dialRulesOf(policy, country, ours)).kind;
}
