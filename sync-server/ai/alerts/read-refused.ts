import { sql } from "drizzle-orm";
import { isoText, rowsOf, type Tx } from "../../database/index.ts";
import { environmentModel, listeningModel } from "../catalogue/index.ts";

/** An account whose key a provider does not take. */
export type RefusedKey = {
  /** "" = the operator's. */
  tenantId: string;
  tenantName: string;
  /** Of the server's settings, which have no row: the model's id. */
  accountId: string;
  /** Whose it is; null = the organisation's, or the operator's. */
  userId: string | null;
  /** As it is called in the catalogue; empty = the server's settings name it. */
  label: string;
  /** Of its models, the one that was refused last. */
  model: string;
  lastAt: string;
  /** When one of these models last answered, or the key was changed, within the same time; null = not since. */
  wellAt: string | null;
  /** Who answered what it was refused: `model` = another one, everything; `rules` = Ringside's own, some of it; null = unknown. */
  instead: "model" | "rules" | null;
};

/**
 * Accounts of which a model was refused when it was last asked since `since`, unless their key was changed afterwards.
 * @param tenantIds who asks; the operator's models are found by those who asked them
 */
export function readRefused(tx: Tx, tenantIds: readonly string[], since: Date): Promise<RefusedKey[]> {
  return rowsOf<RefusedKey>(
    tx,
    // Of other outcomes nobody knows whether the key was looked at.
    sql`WITH lines AS NOT MATERIALIZED (
          SELECT CASE WHEN of_operator THEN '' ELSE tenant_id END AS owner, tenant_id, user_id, task, model_id, model,
            outcome, asked_at
          FROM ai_requests
          WHERE tenant_id = ANY(${sql.param(tenantIds)}::text[]) AND asked_at >= ${since.toISOString()}
            AND source = 'model' AND outcome IN ('answered', 'invalid', 'no-access')),
        broken AS (
          SELECT owner, model_id, max(asked_at) AS refused_at,
            (SELECT max(a.asked_at) FROM lines a
             WHERE a.owner = l.owner AND a.model_id = l.model_id AND a.outcome <> 'no-access') AS answered_at
          FROM lines l WHERE outcome = 'no-access' GROUP BY owner, model_id),
        refused AS (
          SELECT b.owner, b.model_id, coalesce(a.id, b.model_id) AS account_id, a.user_id, coalesce(a.label, '') AS label,
            greatest(b.answered_at, a.key_changed_at) AS well_at
          FROM broken b
          LEFT JOIN ai_models m ON m.tenant_id = b.owner AND m.id = b.model_id AND m.enabled
          LEFT JOIN ai_accounts a ON a.tenant_id = m.tenant_id AND a.id = m.account_id
          WHERE b.refused_at > greatest(b.answered_at, a.key_changed_at, '-infinity')
            AND (a.id IS NOT NULL OR b.model_id IN (${environmentModel}, ${listeningModel}))),
        questions AS (
          SELECT DISTINCT ON (r.owner, r.account_id, l.tenant_id, l.task) r.*, l.tenant_id, l.task, l.model, l.asked_at,
            l.user_id AS asker
          FROM refused r JOIN lines l ON l.owner = r.owner AND l.model_id = r.model_id AND l.outcome = 'no-access'
          ORDER BY r.owner, r.account_id, l.tenant_id, l.task, l.asked_at DESC)
        SELECT q.owner AS "tenantId", coalesce(t.name, '') AS "tenantName", account_id AS "accountId",
          max(q.user_id) AS "userId", max(label) AS label, (array_agg(model ORDER BY asked_at DESC))[1] AS model,
          ${isoText(sql`max(asked_at)`)} AS "lastAt", ${isoText(sql`max(well_at)`)} AS "wellAt",
          CASE WHEN bool_or(n.source = 'rules') THEN 'rules' WHEN bool_and(coalesce(n.source = 'model', false)) THEN 'model' END AS instead
        FROM questions q
        LEFT JOIN tenants t ON t.id = q.owner
        LEFT JOIN LATERAL (
          SELECT n.source FROM ai_requests n
          WHERE n.tenant_id = q.tenant_id AND n.task = q.task AND n.user_id IS NOT DISTINCT FROM q.asker
            AND n.asked_at >= q.asked_at
            AND (n.source = 'rules' AND n.instead IS NOT NULL OR n.source = 'model' AND n.outcome = 'answered')
          ORDER BY n.asked_at LIMIT 1) n ON true
        GROUP BY q.owner, t.name, account_id ORDER BY q.owner, account_id`,
  );
}
