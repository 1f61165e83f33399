import { sql } from "drizzle-orm";
import type { DialFacts } from "../../shared/calls/compliance/dial-facts.ts";
import { identifyNumber, shortPublicNumber } from "../../shared/calls/compliance/identify-number.ts";
import { isShortNumber, withoutMarks } from "../../shared/calls/compliance/short-numbers.ts";
import { mostDialsInCap } from "../../shared/calls/compliance/dial-rules.ts";
import type { DialRequest } from "../../shared/calls/server-wire.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import { normalisePhone } from "../../shared/phone/normalise-phone.ts";
import { isoText, rowsOf, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { findListed } from "./do-not-call.ts";
import { findLeadsOf, readLead } from "./find-lead.ts";
import { readExtensions } from "./own-exchange.ts";

/** As far back as the widest cap that a tenant may set. */
const dialsReadDays = 31;
/** Of a number and of a person, the newest: more than any cap counts, as some of them have disturbed nobody. */
const dialsLookedAt = 2 * mostDialsInCap;

/** @param atExchange dialled by way of the company's own exchange */
type Asked = Pick<DialRequest, "to" | "leadId"> & { atExchange?: boolean };

/**
 * What the rules of calling ask about a dial that a person wants to make by hand.
 * @param country of numbers that are written without one
 */
export async function gatherFacts(
  tx: Tx,
  identity: Identity,
  { to: asked, leadId, atExchange = false }: Asked,
  country: string,
  now: Date,
): Promise<DialFacts> {
  const to = atExchange ? await insideOrOutside(tx, identity.tenantId, asked, country) : asked;
  // As it is kept: a number that is typed another way has the same history.
  const number = identifyNumber(to, country);
  const theirs = number.ok ? number.value.e164 : to;
  // As leads and lists keep it: also of few digits, which an exchange may know as an extension.
  const normal = normalisePhone(to, country);
  const keptAs = normal.ok ? normal.e164 : to;
  const owners = await findLeadsOf(tx, identity.tenantId, keptAs);
  const calledId = leadId ?? (owners.length === 1 ? (owners[0] ?? null) : null);
  return {
    number: to,
    country,
    how: "by-hand",
    atExchange,
    lead: await readCalled(tx, identity, { leadId, calledId, owners }),
    listed: await findListed(tx, identity.tenantId, keptAs),
    dials: await readDials(tx, identity.tenantId, { theirs, leadId: calledId }, now),
    attempts: 0,
    maxAttempts: null,
  };
}

/**
 * So few digits are somebody inside, as they stand, unless they are a whole number in the country: then it is dialled as
 * any other, for which hours and caps hold. As many digits as people's extensions have are inside of that exchange.
 */
async function insideOrOutside(tx: Tx, tenantId: string, to: string, country: string): Promise<string> {
  const outside = shortPublicNumber(to, country);
  if (outside === null) return to;
  const { length } = withoutMarks(to);
  const extensions = await readExtensions(tx, tenantId);
  return extensions.some((one) => isShortNumber(one) && one.length === length) ? to : outside;
}

/**
 * Earlier dials of a number, or of the person by any of theirs: those that are under way, and those by which a telephone
 * may have rung. What a desk gave up, or a carrier refused, has disturbed nobody. Of its own exchange a desk tells alone.
 */
async function readDials(
  tx: Tx,
  tenantId: string,
  { theirs, leadId }: { theirs: string; leadId: RecordId | null },
  now: Date,
): Promise<string[]> {
  const since = new Date(now.getTime() - dialsReadDays * 86_400_000).toISOString();
  const dials = await rowsOf<{ at: string }>(
    tx,
    sql`SELECT ${isoText(sql`l.started_at`)} AS at
        FROM ((SELECT tenant_id, call_id, started_at, over_at FROM line_calls
                WHERE tenant_id = ${tenantId} AND theirs = ${theirs} AND direction = 'outbound' AND started_at >= ${since}
                ORDER BY started_at DESC LIMIT ${dialsLookedAt})
              UNION
              (SELECT o.tenant_id, o.call_id, o.started_at, o.over_at
                FROM calls k JOIN line_calls o ON o.tenant_id = k.tenant_id AND o.call_id = k.id
                WHERE k.tenant_id = ${tenantId} AND k.parent_id = ${leadId}
                  AND o.direction = 'outbound' AND o.started_at >= ${since}
                ORDER BY o.started_at DESC LIMIT ${dialsLookedAt})) l
        LEFT JOIN calls c ON c.tenant_id = l.tenant_id AND c.id = l.call_id
        WHERE c.doc->>'endedAt' IS NULL AND (l.over_at IS NULL OR c.doc->'line'->>'provider' = 'sip')
          OR EXISTS (SELECT FROM call_legs g WHERE g.tenant_id = l.tenant_id AND g.call_id = l.call_id
               AND g.role = 'customer' AND (g.sid IS NOT NULL OR g.purpose->'wentOverAs' IS NOT NULL))
          OR c.doc->'line'->>'provider' = 'sip'
             AND (c.doc->>'endReason' NOT IN ('cancelled', 'failed')
               OR EXISTS (SELECT FROM call_events e WHERE e.tenant_id = l.tenant_id AND e.call_id = l.call_id
                    AND e.event->>'type' IN ('ringing', 'answered')))
        ORDER BY l.started_at DESC LIMIT ${mostDialsInCap}`,
  );
  return dials.map(({ at }) => at);
}

type Called = { leadId: RecordId | null; calledId: RecordId | null; owners: readonly RecordId[] };

/** Whoever is named, as far as this person may see them; otherwise everybody who has the number has a say. */
async function readCalled(
  tx: Tx,
  identity: Identity,
  { leadId, calledId, owners }: Called,
): Promise<DialFacts["lead"]> {
  const lead = calledId === null ? null : await readLead(tx, identity, calledId);
  const speaksForItself = lead !== null && leadId !== null && owners.includes(leadId);
  const doNotCall =
    lead?.doNotCall === true || (!speaksForItself && (await anyAsked(tx, identity.tenantId, owners)));
  if (lead === null && !doNotCall) return null;
  return { doNotCall, timeZone: lead?.timeZone ?? "", region: "", city: lead?.city ?? "" };
}

async function anyAsked(tx: Tx, tenantId: string, leadIds: readonly RecordId[]): Promise<boolean> {
  if (leadIds.length === 0) return false;
  const asked = await rowsOf(
    tx,
    sql`SELECT 1 FROM leads WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param([...leadIds])}::text[])
          AND doc->>'doNotCall' = 'true' LIMIT 1`,
  );
  return asked.length > 0;
}
