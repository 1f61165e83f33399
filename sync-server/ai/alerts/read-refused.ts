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
};

/**
 * Accounts of which a model was refused when it was last asked since `since`, unless their key was changed afterwards.
 * @param tenantIds who asks; the operator's models are found by those who asked them
 */
export function readRefused(tx: Tx, tenantIds: readonly string[], since: Date): Promise<RefusedKey[]> {
  return rowsOf<RefusedKey>(
    tx,
    // Of other outcomes nobody knows whether the key was looked at.
    sql`WITH latest AS (
          SELECT DISTINCT ON (owner, model_id) CASE WHEN of_operator THEN '' ELSE tenant_id END AS owner,
            model_id, model, outcome, asked_at
          FROM ai_requests
          WHERE tenant_id = ANY(${sql.param(tenantIds)}::text[]) AND asked_at >= ${since.toISOString()}
            AND source = 'model' AND outcome IN ('answered', 'invalid', 'no-access')
          ORDER BY owner, model_id, asked_at DESC)
        SELECT DISTINCT ON (l.owner, coalesce(a.id, l.model_id)) l.owner AS "tenantId", coalesce(t.name, '') AS "tenantName",
          coalesce(a.id, l.model_id) AS "accountId", a.user_id AS "userId", coalesce(a.label, '') AS label, l.model,
          ${isoText(sql`l.asked_at`)} AS "lastAt"
        FROM latest l
        LEFT JOIN ai_models m ON m.tenant_id = l.owner AND m.id = l.model_id AND m.enabled
        LEFT JOIN ai_accounts a ON a.tenant_id = m.tenant_id AND a.id = m.account_id
        LEFT JOIN tenants t ON t.id = l.owner
        WHERE l.outcome = 'no-access' AND (a.key_changed_at IS NULL OR a.key_changed_at < l.asked_at)
          AND (a.id IS NOT NULL OR l.model_id IN (${environmentModel}, ${listeningModel}))
        ORDER BY l.owner, coalesce(a.id, l.model_id), l.asked_at DESC`,
  );
}
