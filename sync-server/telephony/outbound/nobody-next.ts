import { sql } from "drizzle-orm";
import type { WaitReason } from "../../../shared/calls/outbound/entry.ts";
import type { NobodyNext } from "../../../shared/calls/outbound/wire.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { keysOf } from "../../../shared/sync/audience.ts";
import { isoText, rowsOf, type Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";
import type { LeadToCall } from "../find-lead.ts";
import { zonesOf } from "./offer.ts";

type Search = {
  tx: Tx;
  identity: Identity;
  lists: ReadonlyMap<string, CallList>;
  country: string;
  now: Date;
};

type First = { not_before: string | null; because: WaitReason; doc: LeadToCall };

/** Why nobody of these lists is to be called now, and who will be the first. */
export async function sayNobody({ tx, identity, lists, country, now }: Search): Promise<NobodyNext> {
  const [first] = await rowsOf<First>(
    tx,
    sql`SELECT ${isoText(sql`e.not_before`)} AS not_before, e.because, l.doc
        FROM call_list_entries e
        JOIN leads l ON l.tenant_id = e.tenant_id AND l.id = e.lead_id
          AND NOT l.deleted AND l.audience && ${sql.param(keysOf(identity))}::text[]
        WHERE e.tenant_id = ${identity.tenantId} AND e.list_key = ANY(${sql.param([...lists.keys()])}::text[])
          AND e.state <> 'done'
        ORDER BY coalesce(e.state = 'waiting' AND e.not_before > ${now.toISOString()}, false) DESC, e.not_before
        LIMIT 1`,
  );
  if (!first) return { why: "empty" };
  const { not_before: at, because, doc } = first;
  // Whoever is due and was not given is with a colleague at this moment.
  if (at === null || at <= now.toISOString()) return { why: "busy" };
  return { why: "later", at, because, zone: zonesOf(doc, country)[0] ?? "UTC" };
}
