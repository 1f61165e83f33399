import { sql } from "drizzle-orm";
import type { DialFacts } from "../../shared/calls/compliance/dial-facts.ts";
import { identifyNumber } from "../../shared/calls/compliance/identify-number.ts";
import type { DialRequest } from "../../shared/calls/server-wire.ts";
import { isoText, rowsOf, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { findListed } from "./do-not-call.ts";
import { findLeadOf, readLead } from "./find-lead.ts";

/** As far back as the widest cap that a tenant may set. */
const dialsReadDays = 31;

/**
 * What the rules of calling ask about a dial that a person wants to make by hand.
 * @param country of numbers that are written without one
 */
export async function gatherFacts(
  tx: Tx,
  identity: Identity,
  { to, leadId }: Pick<DialRequest, "to" | "leadId">,
  country: string,
  now: Date,
): Promise<DialFacts> {
  // As it is kept: a number that is typed another way has the same history.
  const number = identifyNumber(to, country);
  const theirs = number.ok ? number.value.e164 : to;
  const since = new Date(now.getTime() - dialsReadDays * 86_400_000).toISOString();
  const dials = await rowsOf<{ at: string }>(
    tx,
    sql`SELECT ${isoText(sql`started_at`)} AS at FROM line_calls
        WHERE tenant_id = ${identity.tenantId} AND theirs = ${theirs} AND direction = 'outbound' AND started_at >= ${since}
        ORDER BY started_at DESC LIMIT 10000`,
  );
  const known = leadId ?? (await findLeadOf(tx, identity.tenantId, theirs));
  const lead = known === null ? null : await readLead(tx, identity, known);
  return {
    number: to,
    country,
    how: "by-hand",
    lead: lead && { doNotCall: lead.doNotCall, timeZone: lead.timeZone, region: "", city: lead.city },
    listed: await findListed(tx, identity.tenantId, theirs),
    dials: dials.map(({ at }) => at),
    attempts: 0,
    maxAttempts: null,
  };
}
