import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { EffortChoice } from "../../../shared/ai/reasoning.ts";
import type { AiFeature, ModelRole, ModelTier } from "../../../shared/ai/vocabulary.ts";
import type { SealedAccount } from "../accounts/index.ts";

/** A model that an organisation, or one of its people, may be offered. */
export type Offer = {
  id: string;
  tier: ModelTier;
  /** Null = everybody of the organisation. */
  userId: string | null;
  label: string;
  wireName: string;
  role: ModelRole;
  /** Empty = all. */
  features: readonly AiFeature[];
  systemMessage: string;
  contextTokens: number;
  maxOutputTokens: number;
  /** Null, here and below = as its name says. */
  reasoningTokens: number | null;
  reasoningEffort: EffortChoice | null;
  /** Null = for good. */
  endsAtMs: number | null;
  price: { input: number; output: number; picture: number };
  account: SealedAccount;
};

/**
 * Everything that is switched on for an organisation, best first: personal models where its admins allow them, then its
 * own, then the operator's, each by its place. The transaction is the server's own: requests cannot read keys.
 * @param today in the organisation's calendar, for prices
 */
export async function readOffers(tx: Tx, tenantId: string, today: string): Promise<Offer[]> {
  const rows = await rowsOf<Row>(
    tx,
    sql`SELECT m.id, m.user_id AS "userId", m.label, m.wire_name AS "wireName", m.role, to_json(m.features) AS features,
          m.system_message AS "systemMessage", m.context_tokens AS "contextTokens",
          m.max_output_tokens AS "maxOutputTokens", m.reasoning_tokens AS "reasoningTokens",
          m.reasoning_effort AS "reasoningEffort",
          (extract(epoch FROM m.ends_at) * 1000)::float8 AS "endsAtMs",
          CASE WHEN m.terms = 'paid' THEN coalesce(p.input, 0) ELSE 0 END::float8 AS "inputPrice",
          CASE WHEN m.terms = 'paid' THEN coalesce(p.output, 0) ELSE 0 END::float8 AS "outputPrice",
          CASE WHEN m.terms = 'paid' THEN coalesce(p.picture, 0) ELSE 0 END::float8 AS "picturePrice",
          json_build_object('tenantId', a.tenant_id, 'id', a.id, 'kind', a.kind, 'baseUrl', a.base_url,
            'apiVersion', a.api_version, 'sealedKey', a.sealed_key, 'keyId', a.key_id) AS account,
          CASE WHEN m.tenant_id = '' THEN 'system' WHEN m.user_id IS NULL THEN 'organisation' ELSE 'personal' END AS tier
        FROM ai_models m
        JOIN ai_accounts a ON a.tenant_id = m.tenant_id AND a.id = m.account_id
        LEFT JOIN LATERAL (SELECT input, output, picture FROM ai_prices p
          WHERE p.tenant_id = m.tenant_id AND p.model_id = m.id AND p.from_day <= ${today}::date
          ORDER BY from_day DESC LIMIT 1) AS p ON true
        WHERE m.enabled AND (m.user_id IS NULL OR ${isOwnAllowed(tenantId)})
          AND (m.tenant_id = ${tenantId} OR (m.tenant_id = '' AND NOT ${isSwitchedOff(tenantId)} AND ${isFor(tenantId)}))
        ORDER BY (m.tenant_id = ''), (m.user_id IS NULL), m.position, m.created_at, m.id`,
  );
  return rows.map(({ inputPrice, outputPrice, picturePrice, ...row }) => ({
    ...row,
    price: { input: inputPrice, output: outputPrice, picture: picturePrice },
  }));
}

type Row = Omit<Offer, "price"> & Record<"inputPrice" | "outputPrice" | "picturePrice", number>;

/** Of the operator's models `m`: for the plan and the industry of an organisation. */
export function isFor(tenantId: string): SQL {
  return sql`
    (m.plan IS NULL OR array_position(${plans}, m.plan) <= array_position(${plans},
      (SELECT t.plan FROM tenants t WHERE t.id = ${tenantId})))
    AND (m.industries = '{}' OR lower((SELECT s.doc->>'industry' FROM settings s
      WHERE s.tenant_id = ${tenantId} AND s.id = 'business' AND NOT s.deleted))
      IN (SELECT lower(industry) FROM unnest(m.industries) AS industry))`;
}

/** Whether its people may ask models of their own. */
export function isOwnAllowed(tenantId: string): SQL {
  return sql`EXISTS (SELECT FROM ai_own_models o WHERE o.tenant_id = ${tenantId} AND o.allowed)`;
}

function isSwitchedOff(tenantId: string): SQL {
  return sql`EXISTS (SELECT FROM ai_choices c
    WHERE c.tenant_id = ${tenantId} AND c.model_id = m.id AND NOT c.enabled)`;
}

/** Each comes with everything of those before it. */
const plans = sql`ARRAY['receptionist', 'sales', 'suite', 'enterprise']`;
