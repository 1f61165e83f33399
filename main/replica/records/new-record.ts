import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { recordSql } from "../live/read-records.ts";
import type { Reads, Replica } from "../replica.ts";

type Fields = Record<string, FieldValue>;

/**
 * What a new record has when the person has not said otherwise: it is theirs, it is now, and it stands at the
 * beginning of its pipeline in the tenant's currency.
 */
export async function defaultsOf(
  { me, reads }: Pick<Replica, "me" | "reads">,
  collection: CollectionName,
  nowIso: string,
): Promise<Fields> {
  const [teamId = null] = me.teamIds;
  const mine = { ownerId: me.userId, teamId };
  switch (collection) {
    case "leads":
      return { ...mine, stage: await firstStage(reads, "leads") };
    case "deals":
      return { ...mine, stage: await firstStage(reads, "deals"), currency: await currencyOf(reads) };
    case "listings":
      return { ownerId: me.userId, currency: await currencyOf(reads) };
    case "tasks":
      return { assigneeId: me.userId, teamId, priority: "normal" };
    case "appointments":
      return { assigneeId: me.userId, teamId };
    case "tickets":
      return { assigneeId: me.userId, teamId, priority: "normal" };
    case "activities":
      return { ...mine, byId: me.userId, at: nowIso };
    case "messages":
      return { ...mine, byId: me.userId, at: nowIso, direction: "outbound" };
    case "calls":
      return { agentId: me.userId, teamId, startedAt: nowIso };
    default:
      return {};
  }
}

async function firstStage(reads: Reads, pipeline: "leads" | "deals"): Promise<string> {
  const [stage] = await reads.sql<{ key: string }>(
    `select doc->>'key' as key from ${reads.table("settings")}
     where not deleted and doc->>'kind' = 'stage' and doc->>'pipeline' = $1 and doc->'archived' = 'false'
     order by (doc->>'order')::float8 limit 1`,
    [pipeline],
  );
  return stage?.key ?? "new";
}

async function currencyOf(reads: Reads): Promise<string> {
  const [business] = await reads.sql<{ doc: { currency: string } }>(
    `select ${recordSql} as doc from ${reads.table("settings")} where not deleted and id = 'business'`,
  );
  return business?.doc.currency ?? "USD";
}
