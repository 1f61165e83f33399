import { sql } from "drizzle-orm";
import type { DialFacts } from "../../../shared/calls/compliance/dial-facts.ts";
import type { DialRules } from "../../../shared/calls/compliance/dial-rules.ts";
import { identifyNumber } from "../../../shared/calls/compliance/identify-number.ts";
import { judgeDial } from "../../../shared/calls/compliance/judge-dial.ts";
import { locatePerson } from "../../../shared/calls/compliance/locate-person.ts";
import type { Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";

/** Somebody who is due, as far as their own time goes. */
export type DueLead = { id: string; phone: string; timeZone: string; city: string };

type Search = { tx: Tx; identity: Identity; country: string; rules: DialRules; now: Date };

/**
 * Puts off all who must not be called at this hour where they are, at one stroke: at night a list is full of them, and
 * one by one they cost a hundred times as much. Everything else about them is asked when their turn comes.
 * @returns who is left, in the same order
 */
export async function putOffSleepers(search: Search, due: readonly DueLead[]): Promise<string[]> {
  const closedUntil = hoursByPlace(search);
  const untils = new Map(due.map((lead) => [lead.id, closedUntil(lead)]));
  const asleep = Map.groupBy(
    due.filter(({ id }) => untils.get(id) !== null),
    ({ id }) => untils.get(id) ?? 0,
  );
  for (const [untilMs, leads] of asleep) await putOff(search, leads, new Date(untilMs));
  return due.filter(({ id }) => untils.get(id) === null).map(({ id }) => id);
}

/** When calls to somebody are allowed again, by their place alone; null = now, or it is no matter of hours. */
function hoursByPlace({ country, rules, now }: Search): (lead: DueLead) => number | null {
  const known = new Map<string, number | null>();
  return ({ phone, timeZone, city }) => {
    const called = identifyNumber(phone, country);
    if (!called.ok) return null;
    const lead = { doNotCall: false, timeZone, region: "", city };
    const place = locatePerson(called.value, lead);
    const key = JSON.stringify([place.country, place.regions, place.zones]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const facts: DialFacts = { ...nothingElse, number: phone, country, lead };
    const verdict = judgeDial(facts, rules, now.getTime());
    const untilMs = verdict.kind === "blocked" ? verdict.untilMs : null;
    known.set(key, untilMs);
    return untilMs;
  };
}

/** Hours hold for a hand too; all else is left out. */
const nothingElse: Pick<DialFacts, "how" | "atExchange" | "listed" | "dials" | "attempts" | "maxAttempts"> = {
  how: "by-hand",
  atExchange: false,
  listed: null,
  dials: [],
  attempts: 0,
  maxAttempts: null,
};

async function putOff(
  { tx, identity: { tenantId }, now }: Search,
  leads: readonly DueLead[],
  until: Date,
): Promise<void> {
  const ids = sql.param(leads.map(({ id }) => id));
  await tx.execute(
    sql`UPDATE call_list_entries SET not_before = ${until.toISOString()}, because = 'hours', changed_at = ${now.toISOString()}
        WHERE tenant_id = ${tenantId} AND id IN (
          SELECT id FROM call_list_entries
          WHERE tenant_id = ${tenantId} AND id = ANY(${ids}::text[]) AND state = 'waiting'
          ORDER BY id FOR UPDATE SKIP LOCKED)`,
  );
}
