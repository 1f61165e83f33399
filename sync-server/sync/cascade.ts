import { sql, type SQL } from "drizzle-orm";
import type { CollectionName } from "../../shared/entities/collections.ts";
import { audienceOf, formerAudience, type AudienceKey } from "../../shared/sync/audience.ts";
import type { Doc } from "../../shared/sync/fields.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { lockOrder } from "./rows.ts";

/** A record that others hang on, with the audience that they share from now on. */
export type MovedParent = { id: string; audience: readonly AudienceKey[] };

/**
 * [AUD-3] Gives everything that hangs on the moved records their new audience: first what hangs on leads, then the
 * history of that. Whoever changes a dependant holds its parent's lock first, so these locks complete no circle.
 *
 * @param held keys (`collection/id`) that the transaction has loaded: it derives those itself
 */
export async function moveDependants(
  tx: Tx,
  tenantId: string,
  moved: readonly MovedParent[],
  held: ReadonlySet<string>,
): Promise<void> {
  const parents = new Map(moved.map(({ id, audience }) => [id, audience]));
  const hanging = await findHanging(tx, tenantId, [...parents.keys()]);
  for (const collection of lockOrder) {
    if (!hanging.has(collection)) continue;
    const dependants = await lockDependants(tx, tenantId, collection, [...parents.keys()]);
    const changed = dependants
      .filter(({ id }) => !held.has(`${collection}/${id}`))
      .flatMap((row) => derive(collection, row, parents.get(row.parent_id) ?? []));
    await writeAudiences(tx, tenantId, collection, changed);
    // A task's history follows the task: activities come last in the lock order and find it here.
    for (const { id, audience } of changed) parents.set(id, audience);
    for (const name of await findHanging(tx, tenantId, changed.map(({ id }) => id))) hanging.add(name); // prettier-ignore
  }
}

/** In which collections something hangs on these: on most records there is nothing, or history alone. */
async function findHanging(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Set<CollectionName>> {
  if (ids.length === 0) return new Set();
  const each = lockOrder
    .filter((collection) => collection !== "leads")
    .map(
      (collection) => sql`SELECT ${collection}::text AS name WHERE EXISTS (
      SELECT FROM ${sql.identifier(collection)}
      WHERE tenant_id = ${tenantId} AND parent_id = ANY((SELECT ids FROM moved)::text[]))`,
    );
  const found = await rowsOf<{ name: CollectionName }>(
    tx,
    sql`WITH moved AS MATERIALIZED (SELECT ${sql.param([...ids])}::text[] AS ids) ${sql.join(each, sql` UNION ALL `)}`,
  );
  return new Set(found.map(({ name }) => name));
}

type Dependant = {
  id: string;
  parent_id: string;
  audience: string[];
  former: string[];
  owners: Record<string, unknown>;
  hadIt: string[];
};

function lockDependants(
  tx: Tx,
  tenantId: string,
  collection: CollectionName,
  parentIds: string[],
): Promise<Dependant[]> {
  return rowsOf<Dependant>(
    tx,
    sql`SELECT id, parent_id, audience, former,
               jsonb_build_object('ownerId', doc->'ownerId', 'assigneeId', doc->'assigneeId',
                                  'agentId', doc->'agentId', 'teamId', doc->'teamId') AS owners,
               ${hadIt(tenantId, collection)} AS "hadIt"
        FROM ${sql.identifier(collection)}
        WHERE tenant_id = ${tenantId} AND parent_id = ANY(${sql.param(parentIds)}::text[])
        ORDER BY id FOR UPDATE`,
  );
}

/** As `whoHadIt` tells of a whole record. */
function hadIt(tenantId: string, collection: CollectionName): SQL {
  if (collection === "calls") return sql`coalesce(doc->'line'->'formerAgentIds', '[]')`;
  if (collection === "insights") return sql`jsonb_path_query_array(doc, '$.parts[*].agentId')`;
  if (collection !== "segments") return sql`'[]'::jsonb`;
  return sql`coalesce((SELECT calls.doc->'line'->'formerAgentIds' FROM calls
                       WHERE calls.tenant_id = ${tenantId} AND calls.id = segments.doc->>'callId'), '[]')`;
}

type Derived = { id: string; audience: AudienceKey[]; former: AudienceKey[] };

function derive(collection: CollectionName, row: Dependant, parent: readonly AudienceKey[]): Derived[] {
  const owners = row.owners as unknown as Doc;
  const audience = audienceOf(collection, owners, { lead: parent, hadIt: row.hadIt });
  if (audience.join() === row.audience.join()) return [];
  return [{ id: row.id, audience, former: formerAudience(row.audience, row.former, audience) }];
}

async function writeAudiences(
  tx: Tx,
  tenantId: string,
  collection: CollectionName,
  changed: Derived[],
): Promise<void> {
  if (changed.length === 0) return;
  await tx.execute(
    sql`UPDATE ${sql.identifier(collection)} AS stored
        SET audience = given.audience, former = given.former
        FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS given (id text, audience text[], former text[])
        WHERE stored.tenant_id = ${tenantId} AND stored.id = given.id`,
  );
}
