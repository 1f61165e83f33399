import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { Hold } from "../../database/schema/ai.ts";
import { environmentModel } from "../catalogue/index.ts";
import type { Attempt, Reservation, Settlement } from "../parts-port.ts";
import type { Usage } from "../provider-port.ts";

// Statements on counters and lines. Counters are always locked in the order of their keys.

export type Entry = Attempt & { id: string; at: Date; cost: number; heldUntil: Date | null };

/**
 * Writes an attempt's line and holds back what it may cost, of every counter at once. Two that would both just fit wait
 * for each other at the counter's row, so that the second sees what the first holds.
 * @returns limits that have no room; then nothing may stay of it, and the caller's transaction must not commit
 */
export async function holdBack(tx: Tx, entry: Entry, holds: readonly Hold[]): Promise<string[]> {
  await writeLine(tx, entry, holds);
  // Where nothing is limited the most expensive statement of a request is saved.
  if (holds.length === 0) return [];
  const full = await rowsOf<{ limitId: string }>(
    tx,
    sql`WITH wanted AS (${holdsOf(holds)}), taken AS (
          INSERT INTO ai_counters AS c (tenant_id, limit_id, subject, first_day, most, held)
          SELECT ${entry.tenantId}, "limitId", subject, "firstDay", most, held FROM wanted WHERE held <= most
          ORDER BY "limitId" COLLATE "C", subject COLLATE "C", "firstDay"
          ON CONFLICT (tenant_id, limit_id, subject, first_day) DO UPDATE
            SET held = c.held + excluded.held, most = excluded.most
            WHERE c.used + c.held + excluded.held <= excluded.most
          RETURNING limit_id
        )
        SELECT "limitId" FROM wanted WHERE "limitId" NOT IN (SELECT limit_id FROM taken)`,
  );
  return full.map(({ limitId }) => limitId);
}

async function writeLine(tx: Tx, entry: Entry, holds: readonly Hold[]): Promise<void> {
  const { tenantId, id, userId, feature, task, promptVersion, route, estimate, cost, at, heldUntil } = entry;
  await tx.execute(
    sql`INSERT INTO ai_requests (tenant_id, id, user_id, feature, task, prompt_version, source, model_id, model,
          of_operator, input_tokens, output_tokens, cost, input_price, output_price, holds, asked_at, held_until)
        VALUES (${tenantId}, ${id}, ${userId}, ${feature}, ${task}, ${promptVersion}, 'model', ${route.modelId},
          ${route.label}, ${isOfOperator(sql`${route.modelId}::text`)}, ${estimate.inputTokens}, ${estimate.outputTokens}, ${cost}, ${route.price.input},
          ${route.price.output}, ${holds.length > 0 ? JSON.stringify(holds) : null}::jsonb, ${at.toISOString()},
          ${heldUntil?.toISOString() ?? null}::timestamptz)`,
  );
}

/** The operator's are shown to the operator for as long as lines are kept, whatever becomes of the model. */
function isOfOperator(modelId: SQL): SQL {
  return sql`(${modelId} = ${environmentModel} OR EXISTS (SELECT FROM ai_models o WHERE o.tenant_id = '' AND o.id = ${modelId}))`;
}

export type Settled = {
  tenantId: string;
  id: string;
  outcome: Settlement["outcome"] | "lost";
  usage: Usage;
  cost: number;
  doubted: boolean;
  latencyMs: number | null;
  firstMs: number | null;
  /** With what was used in each one's measure. */
  holds: readonly (Hold & { used: number })[];
};

/** What was used takes the place of what was held back. Settling a second time changes nothing. */
export async function writeSettled(tx: Tx, settled: Settled): Promise<void> {
  const { tenantId, id, outcome, usage, cost, doubted, latencyMs, firstMs, holds } = settled;
  const line = await rowsOf(
    tx,
    sql`UPDATE ai_requests SET outcome = ${outcome}, input_tokens = ${usage.inputTokens},
          output_tokens = ${usage.outputTokens}, cost = ${cost}, doubted = ${doubted},
          latency_ms = ${whole(latencyMs)}, first_ms = ${whole(firstMs)}, holds = NULL
        WHERE tenant_id = ${tenantId} AND id = ${id} AND outcome IS NULL RETURNING 1`,
  );
  if (line.length === 0) return;
  for (const { limitId, subject, firstDay, held, used } of holds.toSorted(byKey))
    await tx.execute(
      sql`UPDATE ai_counters SET held = held - ${held}::bigint, used = used + ${used}::bigint
          WHERE tenant_id = ${tenantId} AND limit_id = ${limitId} AND subject = ${subject} AND first_day = ${firstDay}`,
    );
}

/** As the statement above locks them. */
function byKey(a: Hold, b: Hold): number {
  const [one, other] = [a, b].map(({ limitId, subject, firstDay }) => `${limitId} ${subject} ${firstDay}`);
  return (one ?? "") < (other ?? "") ? -1 : 1;
}

function holdsOf(holds: readonly Hold[]) {
  return sql`SELECT * FROM jsonb_to_recordset(${JSON.stringify(holds)}::jsonb)
    AS w("limitId" text, subject text, "firstDay" date, most bigint, held bigint)`;
}

/** PostgreSQL's integer; a clock that was put back gives less than nothing. */
function whole(ms: number | null): number | null {
  return ms === null ? null : Math.min(Math.max(0, Math.round(ms)), 2_147_483_647);
}

/** An attempt that is not settled, as it stands in the database: what it was expected to use, and what it holds back. */
export type Open = {
  tenantId: string;
  id: string;
  estimate: Usage;
  price: { input: number; output: number };
  cost: number;
  holds: readonly Hold[];
  /** Of a batch that was never sent: nobody was asked. */
  unsent: boolean;
};

/** Locked until the transaction ends; null = it is settled, or never was. */
export async function findOpen(tx: Tx, { tenantId, requestId }: Reservation): Promise<Open | null> {
  return readOpen(tx, sql`r.outcome IS NULL AND r.tenant_id = ${tenantId} AND r.id = ${requestId}`);
}

/** One that nobody has settled in time: its process died. Locked until the transaction ends. */
export async function findLost(tx: Tx, now: Date, lostAfterMs: number): Promise<Open | null> {
  const since = new Date(now.getTime() - lostAfterMs);
  return readOpen(
    tx,
    sql`r.outcome IS NULL AND r.asked_at < ${since.toISOString()}
        AND (r.held_until IS NULL OR r.held_until < ${now.toISOString()})`,
  );
}

type OpenRow = Pick<Open, "tenantId" | "id" | "cost" | "unsent"> &
  Usage & { holds: readonly Hold[] | null; input: number; output: number };

async function readOpen(tx: Tx, which: SQL): Promise<Open | null> {
  const [row] = await rowsOf<OpenRow>(
    tx,
    sql`SELECT r.tenant_id AS "tenantId", r.id, r.input_tokens AS "inputTokens", r.output_tokens AS "outputTokens",
          r.input_price::float8 AS input, r.output_price::float8 AS output, r.cost::float8 AS cost, r.holds,
          EXISTS (SELECT FROM ai_batch_items i JOIN ai_batches b ON b.tenant_id = i.tenant_id AND b.id = i.batch_id
            WHERE i.tenant_id = r.tenant_id AND i.request_id = r.id AND b.state = 'closed') AS unsent
        FROM ai_requests r WHERE ${which} ORDER BY r.asked_at LIMIT 1 FOR UPDATE OF r SKIP LOCKED`,
  );
  if (!row) return null;
  const { inputTokens, outputTokens, input, output, holds, ...open } = row;
  return {
    ...open,
    ...{ estimate: { inputTokens, outputTokens }, price: { input, output }, holds: holds ?? [] },
  };
}

/** An answer that cost nothing. */
export type Note = {
  tenantId: string;
  id: string;
  userId: string | null;
  feature: string;
  task: string;
  promptVersion: number;
  source: "cache" | "rules";
  modelId: string;
  askedAt: string;
};

export async function writeNotes(tx: Tx, notes: readonly Note[]): Promise<void> {
  await tx.execute(
    sql`INSERT INTO ai_requests (tenant_id, id, user_id, feature, task, prompt_version, source, model_id, model,
          of_operator, outcome, asked_at)
        SELECT n."tenantId", n.id, n."userId", n.feature, n.task, n."promptVersion", n.source, n."modelId",
          coalesce((SELECT label FROM ai_models m WHERE m.tenant_id IN ('', n."tenantId") AND m.id = n."modelId"), n."modelId"),
          ${isOfOperator(sql`n."modelId"`)}, 'answered', n."askedAt"
        FROM jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) AS n("tenantId" text, id text, "userId" text,
          feature text, task text, "promptVersion" integer, source text, "modelId" text, "askedAt" timestamptz)
        ON CONFLICT DO NOTHING`,
  );
}
