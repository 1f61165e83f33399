import type { CollectionName } from "../../../shared/entities/collections.ts";
import { customDefaults } from "../../../shared/entities/custom-fields.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { recordSql } from "../live/read-records.ts";
import type { Reads, Replica } from "../replica.ts";

type Fields = Record<string, FieldValue>;
type Own = Pick<Replica, "me" | "reads">;

/**
 * The fields of a new record: what is named, over what it begins with. Of the tenant's own fields each stands for
 * itself: naming one leaves the others what they begin with, and naming one as null empties it.
 */
export async function fieldsOfNew(
  own: Own,
  collection: CollectionName,
  named: Fields,
  nowIso: string,
): Promise<Fields> {
  const defaults = await defaultsOf(own, collection, nowIso);
  const both = { ...defaults, ...named };
  if (!isObject(defaults["custom"]) || !isObject(named["custom"])) return both;
  return { ...both, custom: { ...defaults["custom"], ...named["custom"] } };
}

function isObject(value: FieldValue | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What a new record has when the person has not said otherwise: it is theirs, it is now, it stands at the beginning
 * of its pipeline in the tenant's currency, and the tenant's own fields hold what they begin with.
 */
export async function defaultsOf(
  { me, reads }: Own,
  collection: CollectionName,
  nowIso: string,
): Promise<Fields> {
  const [teamId = null] = me.teamIds;
  const mine = { ownerId: me.userId, teamId };
  switch (collection) {
    case "leads":
      return { ...mine, stage: await firstStage(reads, "leads"), custom: await readCustom(reads, "leads") };
    case "deals":
      return {
        ...mine,
        stage: await firstStage(reads, "deals"),
        currency: await currencyOf(reads),
        custom: await readCustom(reads, "deals"),
      };
    case "listings":
      return {
        ownerId: me.userId,
        currency: await currencyOf(reads),
        custom: await readCustom(reads, "listings"),
      };
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

async function readCustom(reads: Reads, collection: CustomField["collection"]): Promise<Fields> {
  const fields = await reads.sql<{ doc: CustomField }>(
    `select ${recordSql} as doc from ${reads.table("settings")}
     where not deleted and doc->>'kind' = 'field' and doc->>'collection' = $1 and doc->'archived' = 'false'`,
    [collection],
  );
  return customDefaults(fields.map(({ doc }) => doc));
}

async function currencyOf(reads: Reads): Promise<string> {
  const [business] = await reads.sql<{ doc: { currency: string } }>(
    `select ${recordSql} as doc from ${reads.table("settings")} where not deleted and id = 'business'`,
  );
  return business?.doc.currency ?? "USD";
}
