import { identifyNumber } from "../../shared/calls/compliance/identify-number.ts";
import { judgeDial } from "../../shared/calls/compliance/judge-dial.ts";
import { locatePerson } from "../../shared/calls/compliance/locate-person.ts";
import type { DialVerdict } from "../../shared/calls/compliance/dial-verdict.ts";
import type { Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { readBusiness } from "./business-hours.ts";
import { gatherFacts } from "./dial-facts.ts";
import { dialRulesOf, readPhonePolicy } from "./policy.ts";

/** A verdict, and by which clocks people are called there; no clock where the text is no number. */
export type TriedDial = { verdict: DialVerdict; zones: readonly string[] };

/** What this person would be answered who dials a number at a moment. Nothing is dialled, and nothing noted. */
export async function tryDial(tx: Tx, identity: Identity, to: string, at: Date): Promise<TriedDial> {
  const country = (await readBusiness(tx, identity.tenantId))?.country ?? "US";
  const facts = await gatherFacts(tx, identity, { to, leadId: null }, country, at);
  const rules = dialRulesOf(await readPhonePolicy(tx, identity.tenantId), country);
  const called = identifyNumber(to, country);
  return {
    verdict: judgeDial(facts, rules, at.getTime()),
    zones: called.ok ? locatePerson(called.value, facts.lead).zones : [],
  };
}
