import { identifyNumber } from "../../../shared/calls/compliance/identify-number.ts";
import { locatePerson } from "../../../shared/calls/compliance/locate-person.ts";
import type { CallListEntry } from "../../../shared/calls/outbound/entry.ts";
import type { OfferedLead } from "../../../shared/calls/outbound/wire.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import type { LeadToCall } from "../find-lead.ts";

/** @param entry one that is reserved */
export function offerOf(
  entry: CallListEntry,
  list: CallList,
  lead: LeadToCall,
  country: string,
): OfferedLead {
  if (entry.now.state !== "reserved") throw new Error("only who is held is offered");
  return {
    entryId: entry.entryId,
    list: list.key,
    mode: list.mode,
    previewSeconds: list.previewSeconds,
    leadId: entry.leadId,
    leadName: lead.name,
    company: lead.company,
    number: lead.phone,
    zones: [...zonesOf(lead, country)].slice(0, 20),
    because: entry.now.because,
    attempts: entry.attempts,
    maxAttempts: list.maxAttempts,
    last: entry.last,
    until: entry.now.until,
  };
}

/** By which clocks somebody is called; none where their number is none. */
export function zonesOf(
  { phone, timeZone, city }: Pick<LeadToCall, "phone" | "timeZone" | "city">,
  country: string,
): readonly string[] {
  const called = identifyNumber(phone, country);
  return called.ok ? locatePerson(called.value, { doNotCall: false, timeZone, region: "", city }).zones : [];
}
