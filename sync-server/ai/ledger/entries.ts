import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { Hold } from "../../database/schema/ai.ts";
import { environmentModel, listeningModel } from "../catalogue/index.ts";
import type { Attempt, BilledRoute, Price, Reservation, Settlement, Used } from "../parts-port.ts";
import type { Rate } from "./limits.ts";

// Statements on counters and lines. Counters are always locked in the order of their keys.

export type Entry = Attempt<BilledRoute> & { id: string; at: Date; cost: number; heldUntil: Date | null };

/**
 * Writes an attempt's line and holds back what it may cost, of every counter at once. Two that would both just fit wait
 * for each other at the counter's row, so that the second sees what the first holds: the most that it may use. What is
 * expected of the second must fit beside that, so that all together spend at most what the last may use beyond that more
 * than there is, and a quota that is smaller than the most of one call is no wall.
 * @returns limits that have no room; then nothing may stay of it, and the caller's transaction must not commit
 */
export async function holdBack(tx: Tx, entry: Entry, holds: readonly Hold[]): Promise<string[]> {
  await writeLine(tx, entry, holds);
  return takeRoom(tx, entry.tenantId, holds);
}

async function takeRoom(tx: Tx, tenantId: string, holds: readonly Hold[]): Promise<string[]> {
  // Where nothing is limited the most expensive statement of a request is saved.
  if (holds.length === 0) return [];
  const full = await rowsOf<{ limitId: string }>(
    tx,
    sql`WITH wanted AS (${holdsOf(holds)}), taken AS (
          INSERT INTO ai_counters AS c (tenant_id, limit_id, subject, first_day, most, held)
          SELECT ${tenantId}, "limitId", subject, "firstDay", most, held FROM wanted WHERE expected <= most
          ORDER BY "limitId" COLLATE "C", subject COLLATE "C", "firstDay"
          ON CONFLICT (tenant_id, limit_id, subject, first_day) DO UPDATE
            SET held = c.held + excluded.held, most = excluded.most
            WHERE c.used + c.held + (SELECT w.expected FROM wanted w WHERE w."limitId" = c.limit_id
              AND w.subject = c.subject AND w."firstDay" = c.first_day) <= excluded.most
          RETURNING limit_id
        )
        SELECT "limitId" FROM wanted WHERE "limitId" NOT IN (SELECT limit_id FROM taken)`,
  );
  return full.map(({ limitId }) => limitId);
}

/**
 * Counts an attempt in a minute of the clock. A node whose clock is a little behind counts in the minute of the others.
 * @returns limits that have no room; then the caller's transaction must not commit
 */
export async function countInMinute(
  tx: Tx,
  tenantId: string,
  minute: Date,
  rates: readonly Rate[],
): Promise<string[]> {
  if (rates.length === 0) return [];
  const full = await rowsOf<{ limitId: string }>(
    tx,
    sql`WITH wanted AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rates)}::jsonb)
            AS w("limitId" text, subject text, most bigint)), taken AS (
          INSERT INTO ai_rates AS r (tenant_id, limit_id, subject, minute, most, asked)
          SELECT ${tenantId}, "limitId", subject, ${minute.toISOString()}::timestamptz, most, 1 FROM wanted WHERE most > 0
          ORDER BY "limitId" COLLATE "C", subject COLLATE "C"
          ON CONFLICT (tenant_id, limit_id, subject) DO UPDATE
            SET asked = CASE WHEN ${isOver} THEN 1 ELSE r.asked + 1 END, most = excluded.most,
              minute = CASE WHEN ${isOver} THEN excluded.minute ELSE r.minute END
            WHERE ${isOver} OR r.asked < excluded.most
          RETURNING limit_id
        )
        SELECT "limitId" FROM wanted WHERE "limitId" NOT IN (SELECT limit_id FROM taken)`,
  );
  return full.map(({ limitId }) => limitId);
}

/** A clock that was put back by more than a minute begins anew. */
const isOver = sql`(r.minute < excluded.minute OR r.minute > excluded.minute + interval '1 minute')`;

async function writeLine(tx: Tx, entry: Entry, holds: readonly Hold[]): Promise<void> {
  const { tenantId, id, userId, feature, task, promptVersion, route, estimate, cost, at, heldUntil } = entry;
  const { modelId, label, price } = route;
  await tx.execute(
    sql`INSERT INTO ai_requests (tenant_id, id, user_id, feature, task, prompt_version, source, model_id, model,
          of_operator, of_person, hidden, input_tokens, output_tokens, sound_ms, pictures, cost, input_price, output_price,
          minute_price, picture_price, holds, asked_at, held_until)
        VALUES (${tenantId}, ${id}, ${userId}, ${feature}, ${task}, ${promptVersion}, 'model', ${modelId}, ${label},
          ${isOfOperator(sql`${modelId}::text`)}, ${isOfPerson(tenantId, modelId)}, ${entry.hidden}, ${estimate.inputTokens}, ${estimate.outputTokens},
          ${estimate.soundMs ?? 0}, ${estimate.pictures ?? 0}, ${cost}, ${price.input}, ${price.output},
          ${price.minute ?? 0}, ${price.picture ?? 0}, ${heldAs(holds)}, ${at.toISOString()},
          ${heldUntil?.toISOString() ?? null}::timestamptz)`,
  );
}

/** The operator's are shown to the operator for as long as lines are kept, whatever becomes of the model. */
function isOfOperator(modelId: SQL): SQL {
  return sql`(${modelId} IN (${environmentModel}, ${listeningModel}) OR EXISTS (SELECT FROM ai_models o WHERE o.tenant_id = '' AND o.id = ${modelId}))`;
}

/** Neither the organisation nor the operator pays for it, and their limits leave it out. */
function isOfPerson(tenantId: string, modelId: string): SQL {
  return sql`EXISTS (SELECT FROM ai_models o WHERE o.tenant_id = ${tenantId} AND o.id = ${modelId} AND o.user_id IS NOT NULL)`;
}

export type Settled = {
  tenantId: string;
  id: string;
  outcome: Settlement["outcome"] | "lost";
  usage: Used;
  cost: number;
  doubted: boolean;
  latencyMs: number | null;
  firstMs: number | null;
  /** With what was used in each one's measure. */
  holds: readonly UsedHold[];
};

/** What was used takes the place of what was held back. Settling a second time changes nothing. */
export async function writeSettled(tx: Tx, settled: Settled): Promise<void> {
  const { tenantId, id, outcome, usage, cost, doubted, latencyMs, firstMs, holds } = settled;
  const line = await rowsOf(
    tx,
    sql`UPDATE ai_requests SET outcome = ${outcome}, input_tokens = ${usage.inputTokens},
          output_tokens = ${usage.outputTokens}, sound_ms = ${usage.soundMs ?? 0}, pictures = ${usage.pictures ?? 0},
          cost = ${cost}, doubted = ${doubted}, latency_ms = ${whole(latencyMs)}, first_ms = ${whole(firstMs)}, holds = NULL
        WHERE tenant_id = ${tenantId} AND id = ${id} AND outcome IS NULL RETURNING 1`,
  );
  if (line.length > 0) await countUsed(tx, tenantId, holds);
}

type UsedHold = Hold & { used: number };

async function countUsed(tx: Tx, tenantId: string, holds: readonly UsedHold[]): Promise<void> {
  for (const { limitId, subject, firstDay, held, used } of holds.toSorted(byKey))
    await tx.execute(
      sql`UPDATE ai_counters SET held = held - ${held}::bigint, used = used + ${used}::bigint
          WHERE tenant_id = ${tenantId} AND limit_id = ${limitId} AND subject = ${subject} AND first_day = ${firstDay}`,
    );
}

/** What a line that goes on has come to, all in all. */
export type SoFar = { usage: Used; cost: number };

/** Of a line that goes on: what was used takes the place of what was held back, and the line stays open. */
export async function writeUsed(
  tx: Tx,
  { tenantId, requestId }: Reservation,
  { usage, cost }: SoFar,
  holds: readonly UsedHold[],
): Promise<boolean> {
  const line = await rowsOf(
    tx,
    sql`UPDATE ai_requests SET input_tokens = ${usage.inputTokens}, output_tokens = ${usage.outputTokens},
          sound_ms = ${usage.soundMs ?? 0}, cost = ${cost}, holds = NULL
        WHERE tenant_id = ${tenantId} AND id = ${requestId} AND outcome IS NULL RETURNING 1`,
  );
  if (line.length > 0) await countUsed(tx, tenantId, holds);
  return line.length > 0;
}

/**
 * Holds back more for a line that goes on; dead at `until`, it is billed as it then stands.
 * @param estimate with what was used so far
 * @returns limits that have no room; then the caller's transaction must not commit
 */
export async function holdMore(
  tx: Tx,
  { tenantId, requestId }: Reservation,
  { usage, cost }: SoFar,
  holds: readonly Hold[],
  until: Date,
): Promise<string[]> {
  await tx.execute(
    sql`UPDATE ai_requests SET input_tokens = ${usage.inputTokens}, output_tokens = ${usage.outputTokens},
          sound_ms = ${usage.soundMs ?? 0}, cost = ${cost}, holds = ${heldAs(holds)}, held_until = ${until.toISOString()}
        WHERE tenant_id = ${tenantId} AND id = ${requestId} AND outcome IS NULL`,
  );
  return takeRoom(tx, tenantId, holds);
}

function heldAs(holds: readonly Hold[]): SQL {
  return sql`${holds.length > 0 ? JSON.stringify(holds) : null}::jsonb`;
}

/** As `takeRoom` locks them. */
function byKey(a: Hold, b: Hold): number {
  const [one, other] = [a, b].map(({ limitId, subject, firstDay }) => `${limitId} ${subject} ${firstDay}`);
  return (one ?? "") < (other ?? "") ? -1 : 1;
}

function holdsOf(holds: readonly Hold[]) {
  return sql`SELECT * FROM jsonb_to_recordset(${JSON.stringify(holds)}::jsonb)
    AS w("limitId" text, subject text, "firstDay" date, most bigint, held bigint, expected bigint)`;
}

/** PostgreSQL's integer; a clock that was put back gives less than nothing. */
function whole(ms: number | null): number | null {
  return ms === null ? null : Math.min(Math.max(0, Math.round(ms)), 2_147_483_647);
}

/** An attempt that is not settled, as it stands in the database: what it was expected to use, and what it holds back. */
export type Open = {
  tenantId: string;
  id: string;
  estimate: Used;
  price: Price;
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
  Required<Used> &
  Required<Price> & { holds: readonly Hold[] | null };

async function readOpen(tx: Tx, which: SQL): Promise<Open | null> {
  const [row] = await rowsOf<OpenRow>(
    tx,
    sql`SELECT r.tenant_id AS "tenantId", r.id, r.input_tokens AS "inputTokens", r.output_tokens AS "outputTokens",
          r.sound_ms AS "soundMs", r.pictures, r.input_price::float8 AS input, r.output_price::float8 AS output,
          r.minute_price::float8 AS minute, r.picture_price::float8 AS picture, r.cost::float8 AS cost, r.holds,
          EXISTS (SELECT FROM ai_batch_items i JOIN ai_batches b ON b.tenant_id = i.tenant_id AND b.id = i.batch_id
            WHERE i.tenant_id = r.tenant_id AND i.request_id = r.id AND b.state = 'closed') AS unsent
        FROM ai_requests r WHERE ${which} ORDER BY r.asked_at LIMIT 1 FOR UPDATE OF r SKIP LOCKED`,
  );
  if (!row) return null;
  const { inputTokens, outputTokens, soundMs, pictures, input, output, minute, picture, holds, ...open } =
    row;
  return {
    ...open,
    estimate: { inputTokens, outputTokens, soundMs, pictures },
    price: { input, output, minute, picture },
    holds: holds ?? [],
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
  instead: string | null;
  askedAt: string;
};

export async function writeNotes(tx: Tx, notes: readonly Note[]): Promise<void> {
  await tx.execute(
    sql`INSERT INTO ai_requests (tenant_id, id, user_id, feature, task, prompt_version, source, model_id, model,
          of_operator, instead, outcome, asked_at)
        SELECT n."tenantId", n.id, n."userId", n.feature, n.task, n."promptVersion", n.source, n."modelId",
          coalesce((SELECT label FROM ai_models m WHERE m.tenant_id IN ('', n."tenantId") AND m.id = n."modelId"), n."modelId"),
          ${isOfOperator(sql`n."modelId"`)}, n.instead, 'answered', n."askedAt"
        FROM jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) AS n("tenantId" text, id text, "userId" text,
          feature text, task text, "promptVersion" integer, source text, "modelId" text, instead text,
          "askedAt" timestamptz)
        ON CONFLICT DO NOTHING`,
  );
}
