import type { DialFacts } from "../../shared/calls/compliance/dial-facts.ts";
import { identifyNumber } from "../../shared/calls/compliance/identify-number.ts";
import { judgeDial } from "../../shared/calls/compliance/judge-dial.ts";
import { locatePerson } from "../../shared/calls/compliance/locate-person.ts";
import type { DialVerdict } from "../../shared/calls/compliance/dial-verdict.ts";
import type { Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { countryOf, readBusiness } from "./business-hours.ts";
import { gatherFacts } from "./dial-facts.ts";
import { numberShown } from "./own-number.ts";
import { dialRulesOf, readPhonePolicy } from "./policy.ts";

/** A verdict, and by which clocks people are called there; no clock where the text is no number. */
export type TriedDial = { verdict: DialVerdict; zones: readonly string[] };

type TriedNumber = {
  to: string;
  how: DialFacts["how"];
  /** Our number in the call; without one the number that they call with. */
  ours?: string | undefined;
  /** By way of the company's own exchange. */
  atExchange?: boolean;
};

/** What this person would be answered who calls a number at a moment. Nothing is dialled, and nothing noted. */
export async function tryDial(
  tx: Tx,
  identity: Identity,
  { to, how, ours, atExchange = false }: TriedNumber,
  at: Date,
): Promise<TriedDial> {
  const country = countryOf(await readBusiness(tx, identity.tenantId));
  const facts = await gatherFacts(tx, identity, { to, leadId: null, atExchange }, country, at);
  const number = ours ?? (await numberShown(tx, identity.tenantId, identity.userId));
  const rules = dialRulesOf(await readPhonePolicy(tx, identity.tenantId), country, number);
  const called = identifyNumber(facts.number, country);
  return {
    verdict: judgeDial({ ...facts, how }, rules, at.getTime()),
    zones: called.ok ? locatePerson(called.value, facts.lead).zones : [],
  };
}
