import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { isoText, rowsOf, schema, type Tx } from "../../database/index.ts";
import { addJob } from "../../jobs/index.ts";

/** A batch is to be sent, or looked for; the key is the batch. */
export const batchJob = "ai.batch";

/** The longest questions make a file of a few dozen megabytes. */
const mostItems = 100;

type State = typeof schema.aiBatches.$inferSelect.state;
export type Batch = {
  tenantId: string;
  id: string;
  work: string;
  state: State;
  /** Empty = not chosen yet. */
  modelId: string;
  name: string | null;
  createdAt: string;
  /** When it was begun to be sent, or was; null = it was not. */
  sentAt: string | null;
};
export type Item = { key: string; requestId: string | null; asked: string | null };
export type ItemOutcome = NonNullable<typeof schema.aiBatchItems.$inferSelect.outcome>;

type NewItem = { tenantId: string; work: string; key: string; now: Date; dueAt: Date };

/** Adds a question to the batch that is being gathered, and begins one where there is none, or it is full. */
export async function addItem(tx: Tx, { tenantId, work, key, now, dueAt }: NewItem): Promise<void> {
  const place = `batches of ${tenantId}/${work}`;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${place}::text, 0))`);
  const [open] = await rowsOf<{ id: string; has: boolean }>(
    tx,
    sql`SELECT b.id, EXISTS (SELECT FROM ai_batch_items i
            WHERE i.tenant_id = b.tenant_id AND i.batch_id = b.id AND i.key = ${key}) AS has
        FROM ai_batches b WHERE b.tenant_id = ${tenantId} AND b.work = ${work} AND b.state = 'gathering'
          AND (SELECT count(*) FROM ai_batch_items i WHERE i.tenant_id = b.tenant_id AND i.batch_id = b.id) < ${mostItems}
        ORDER BY b.created_at LIMIT 1 FOR UPDATE`,
  );
  if (open?.has) return;
  const batchId = open?.id ?? v7();
  if (!open) {
    await tx.insert(schema.aiBatches).values({ tenantId, id: batchId, work, createdAt: now });
    await addJob(tx, { tenantId, kind: batchJob, key: batchId, dueAt });
  }
  await tx.insert(schema.aiBatchItems).values({ tenantId, batchId, key });
}

export async function readBatch(tx: Tx, tenantId: string, id: string): Promise<Batch | null> {
  const [batch] = await rowsOf<Batch>(
    tx,
    sql`SELECT tenant_id AS "tenantId", id, work, state, model_id AS "modelId", name,
          ${isoText(sql`created_at`)} AS "createdAt", ${isoText(sql`sent_at`)} AS "sentAt"
        FROM ai_batches WHERE tenant_id = ${tenantId} AND id = ${id}`,
  );
  return batch ?? null;
}

/** Those of which nothing has come yet. */
export function readItems(tx: Tx, { tenantId, id }: Batch): Promise<Item[]> {
  return rowsOf<Item>(
    tx,
    sql`SELECT key, request_id AS "requestId", asked FROM ai_batch_items
        WHERE tenant_id = ${tenantId} AND batch_id = ${id} AND outcome IS NULL ORDER BY key`,
  );
}

type Change = { state: State; modelId?: string; name?: string; sentAt?: Date };

export async function moveBatch(tx: Tx, { tenantId, id }: Batch, change: Change): Promise<void> {
  const { state, modelId = null, name = null, sentAt } = change;
  await tx.execute(
    sql`UPDATE ai_batches SET state = ${state}, model_id = coalesce(${modelId}, model_id),
          name = coalesce(${name}, name), sent_at = coalesce(${sentAt?.toISOString() ?? null}::timestamptz, sent_at)
        WHERE tenant_id = ${tenantId} AND id = ${id}`,
  );
}

export async function noteHeld(
  tx: Tx,
  { tenantId, id }: Batch,
  { key, requestId, asked }: { key: string; requestId: string; asked: string },
): Promise<void> {
  await tx.execute(
    sql`UPDATE ai_batch_items SET request_id = ${requestId}, asked = ${asked}
        WHERE tenant_id = ${tenantId} AND batch_id = ${id} AND key = ${key}`,
  );
}

export async function noteOutcome(
  tx: Tx,
  { tenantId, id }: Batch,
  key: string,
  outcome: ItemOutcome,
): Promise<void> {
  await tx.execute(
    sql`UPDATE ai_batch_items SET outcome = ${outcome}
        WHERE tenant_id = ${tenantId} AND batch_id = ${id} AND key = ${key}`,
  );
}

/** Whether it is asked about in another batch by now. */
export async function isAskedAnew(tx: Tx, { tenantId, id, work }: Batch, key: string): Promise<boolean> {
  const others = await rowsOf(
    tx,
    sql`SELECT 1 FROM ai_batch_items i JOIN ai_batches b ON b.tenant_id = i.tenant_id AND b.id = i.batch_id
        WHERE i.tenant_id = ${tenantId} AND i.key = ${key} AND i.outcome IS NULL AND b.work = ${work}
          AND b.id <> ${id} LIMIT 1`,
  );
  return others.length > 0;
}
