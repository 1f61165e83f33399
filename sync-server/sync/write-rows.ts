import { sql } from "drizzle-orm";
import type { CollectionName } from "../../shared/entities/collections.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { lockOrder, type Row } from "./rows.ts";

/** Somebody else made a record of the same id meanwhile: the transaction begins again and finds it. */
export class LostRace extends Error {}

/** Rows of one statement: the embedded database holds the event loop for as long as one takes, 15 ms of these. */
const sliceLength = 100;

/**
 * Writes what is new or changed, collection by collection.
 * @throws LostRace
 */
export async function writeRows(tx: Tx, tenantId: string, rows: Iterable<Row>): Promise<void> {
  const pending = [...rows].filter(({ state }) => state !== "same");
  for (const collection of lockOrder) {
    const own = pending.filter((row) => row.collection === collection);
    for (const slice of slicesOf(own.filter(({ state }) => state === "new")))
      await insertRows(tx, tenantId, collection, slice);
    for (const slice of slicesOf(own.filter(({ state }) => state === "changed")))
      await updateRows(tx, tenantId, collection, slice);
  }
}

function slicesOf(rows: Row[]): Row[][] {
  const count = Math.ceil(rows.length / sliceLength);
  return Array.from({ length: count }, (_, at) => rows.slice(at * sliceLength, (at + 1) * sliceLength));
}

const columns = sql`id text, doc jsonb, rev int, deleted boolean, audience text[], former text[], touched jsonb, parent_id text`;

async function insertRows(tx: Tx, tenantId: string, collection: CollectionName, rows: Row[]): Promise<void> {
  const inserted = await rowsOf<{ n: number }>(
    tx,
    sql`WITH inserted AS (
          INSERT INTO ${sql.identifier(collection)}
            (tenant_id, id, doc, rev, deleted, audience, former, touched, parent_id)
          SELECT ${tenantId}, id, doc, rev, deleted, audience, former, touched, parent_id
          FROM jsonb_to_recordset(${asJson(rows)}::jsonb) AS given (${columns})
          ON CONFLICT DO NOTHING RETURNING 1)
        SELECT count(*)::int AS n FROM inserted`,
  );
  if (inserted[0]?.n !== rows.length) throw new LostRace();
}

async function updateRows(tx: Tx, tenantId: string, collection: CollectionName, rows: Row[]): Promise<void> {
  await tx.execute(
    sql`UPDATE ${sql.identifier(collection)} AS stored
        SET doc = given.doc, rev = given.rev, deleted = given.deleted, audience = given.audience,
            former = given.former, touched = given.touched, parent_id = given.parent_id
        FROM jsonb_to_recordset(${asJson(rows)}::jsonb) AS given (${columns})
        WHERE stored.tenant_id = ${tenantId} AND stored.id = given.id`,
  );
}

function asJson(rows: Row[]): string {
  return JSON.stringify(
    rows.map(({ id, master, audience, former, parentId }) => ({
      id,
      doc: master?.doc,
      rev: master?.doc.rev,
      deleted: master?.deleted,
      touched: master?.touched,
      audience,
      former,
      parent_id: parentId,
    })),
  );
}
