import { sql } from "drizzle-orm";
import type { DialFacts } from "../../shared/calls/compliance/dial-facts.ts";
import { identifyNumber } from "../../shared/calls/compliance/identify-number.ts";
import type { DialRequest } from "../../shared/calls/server-wire.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { findListed } from "./do-not-call.ts";
import { findLeadOf } from "./find-lead.ts";

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
    sql`SELECT to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM line_calls
        WHERE tenant_id = ${identity.tenantId} AND theirs = ${theirs} AND direction = 'outbound' AND started_at >= ${since}
        ORDER BY started_at DESC LIMIT 10000`,
  );
  return {
    number: to,
    country,
    how: "by-hand",
    lead: await readLead(tx, identity, leadId ?? (await findLeadOf(tx, identity.tenantId, theirs))),
    listed: await findListed(tx, identity.tenantId, theirs),
    dials: dials.map(({ at }) => at),
    attempts: 0,
    maxAttempts: null,
  };
}

/** Of a lead that this person may see. */
async function readLead(tx: Tx, identity: Identity, leadId: string | null): Promise<DialFacts["lead"]> {
  if (leadId === null) return null;
  const [row] = await rowsOf<{ doc: Record<string, unknown> }>(
    tx,
    sql`SELECT doc FROM leads WHERE tenant_id = ${identity.tenantId} AND id = ${leadId} AND NOT deleted
          AND audience && ${sql.param(keysOf(identity))}::text[]`,
  );
  if (!row) return null;
  const { doNotCall, timeZone, city } = row.doc;
  return {
    doNotCall: doNotCall === true,
    timeZone: typeof timeZone === "string" ? timeZone.slice(0, 60) : "",
    region: "",
    city: typeof city === "string" ? city.slice(0, 500) : "",
  };
}
