import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import { v7 } from "uuid";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { rowsOf, schema, type Tx } from "../../database/index.ts";
import type { Sealer } from "../../seal.ts";
import type { ProviderAccess } from "../provider-port.ts";

/** Whose accounts and models: the operator's (no tenant), an organisation's (no person), or a person's. */
export type Owner = { tenantId: string; userId: string | null };
export type Owned = Owner & { id: string };
export const operator: Owner = { tenantId: "", userId: null };

export type AccountFields = Pick<ProviderAccess, "kind" | "baseUrl" | "apiVersion"> & { label: string };

export type AccountChange = { [F in "label" | "baseUrl" | "apiVersion"]?: AccountFields[F] | undefined };

/** An account as its owner may see it: of its key the last letters at most. */
export type AiAccount = AccountFields & {
  id: string;
  /** `lost`: sealed under another secret of the server, to be given anew. */
  key: "none" | "kept" | "lost";
  /** `…abcd`; empty = nothing to show. */
  keyHint: string;
  keyChangedAt: string | null;
  models: number;
};

/** Keys go in and never come out, but to the server's own work. */
export type AiAccountRecords = {
  list(tx: Tx, owner: Owner): Promise<AiAccount[]>;
  create(tx: Tx, owner: Owner, given: AccountFields & { apiKey: string | null; now: Date }): Promise<string>;
  /** A key is for the server that it was given for: another address does without it until it is given anew. */
  change(tx: Tx, of: Owned, change: AccountChange): Promise<void>;
  replaceKey(tx: Tx, of: Owned, apiKey: string | null, now: Date): Promise<void>;
  /** @returns how many models still need it, where it was not removed */
  remove(tx: Tx, of: Owned): Promise<Result<void, number>>;
  /** What a provider is asked with; null = there is no such account, or its key is lost. The server's own work alone. */
  open(tx: Tx, of: Owned): Promise<ProviderAccess | null>;
  /** The same of a row that was read already. */
  openRow(row: SealedAccount): ProviderAccess | null;
};

const { aiAccounts, aiModels } = schema;
export type SealedAccount = Pick<
  typeof aiAccounts.$inferSelect,
  "tenantId" | "id" | "kind" | "baseUrl" | "apiVersion" | "sealedKey" | "keyId"
>;

export function openAiAccountRecords(sealer: Sealer): AiAccountRecords {
  const sealed = (of: { tenantId: string; id: string }, apiKey: string | null, now: Date) => ({
    sealedKey: apiKey && sealer.seal(apiKey, aboutOf(of)),
    keyId: apiKey && sealer.keyId,
    keyTail: tailOf(apiKey ?? ""),
    keyChangedAt: now,
  });
  const openRow = (row: SealedAccount): ProviderAccess | null => {
    const { kind, baseUrl, apiVersion, sealedKey, keyId } = row;
    if (sealedKey === null) return { kind, baseUrl, apiVersion, apiKey: "" };
    const apiKey = keyId === sealer.keyId ? openKey(sealer, sealedKey, aboutOf(row)) : null;
    return apiKey === null ? null : { kind, baseUrl, apiVersion, apiKey };
  };
  return {
    list: (tx, owner) => list(tx, owner, sealer.keyId),
    async create(tx, owner, { apiKey, now, ...fields }) {
      const id = v7();
      const key = sealed({ tenantId: owner.tenantId, id }, apiKey, now);
      await tx.insert(aiAccounts).values({ ...owner, id, ...fields, ...key, createdAt: now });
      return id;
    },
    async change(tx, of, change) {
      if (Object.keys(change).length === 0) return;
      const key = await keyAt(tx, of, change.baseUrl);
      await tx
        .update(aiAccounts)
        .set({ ...change, ...key })
        .where(own(of));
    },
    async replaceKey(tx, of, apiKey, now) {
      await tx
        .update(aiAccounts)
        .set(sealed(of, apiKey, now))
        .where(own(of));
    },
    async remove(tx, of) {
      const { tenantId, id } = of;
      const users = await tx
        .select({ id: aiModels.id })
        .from(aiModels)
        .where(and(eq(aiModels.tenantId, tenantId), eq(aiModels.accountId, id)));
      if (users.length > 0) return err(users.length);
      await tx.delete(aiAccounts).where(own(of));
      return ok();
    },
    async open(tx, of) {
      const [row] = await tx.select().from(aiAccounts).where(own(of));
      return row ? openRow(row) : null;
    },
    openRow,
  };
}

/** Null = it was damaged, or belongs to another account: one such row takes nothing from the others. */
function openKey(sealer: Sealer, sealedKey: string, about: string): string | null {
  try {
    return sealer.open(sealedKey, about);
  } catch {
    return null;
  }
}

/** What belongs to it: sealed text does not open in another place. */
function aboutOf({ tenantId, id }: { tenantId: string; id: string }): string {
  return `ai_accounts/${tenantId}/${id}`;
}

/** Four letters of a long key tell it from another and help nobody to guess it. */
function tailOf(apiKey: string): string {
  return apiKey.length >= 20 ? apiKey.slice(-4) : "";
}

function own({ tenantId, userId, id }: Owned): SQL | undefined {
  const { tenantId: tenant, userId: user, id: name } = aiAccounts;
  return and(eq(tenant, tenantId), userId === null ? isNull(user) : eq(user, userId), eq(name, id));
}

/** What becomes of the key; requests cannot read it, so that it is taken away or left alone. */
async function keyAt(tx: Tx, of: Owned, baseUrl: string | undefined) {
  const [before] = await tx.select({ url: aiAccounts.baseUrl }).from(aiAccounts).where(own(of)).for("update");
  const stays = baseUrl === undefined || (before && new URL(before.url).origin === new URL(baseUrl).origin);
  return stays ? {} : { sealedKey: null, keyId: null, keyTail: "" };
}

async function list(tx: Tx, { tenantId, userId }: Owner, ourKeyId: string): Promise<AiAccount[]> {
  const rows = await rowsOf<Omit<AiAccount, "key"> & { keyId: string | null }>(
    tx,
    sql`SELECT a.id, a.kind, a.label, a.base_url AS "baseUrl", a.api_version AS "apiVersion", a.key_id AS "keyId",
          CASE WHEN a.key_tail = '' THEN '' ELSE '…' || a.key_tail END AS "keyHint",
          to_char(a.key_changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "keyChangedAt",
          (SELECT count(*)::int FROM ai_models m WHERE m.tenant_id = a.tenant_id AND m.account_id = a.id) AS models
        FROM ai_accounts a WHERE a.tenant_id = ${tenantId} AND a.user_id IS NOT DISTINCT FROM ${userId}::text
        ORDER BY a.created_at, a.id`,
  );
  return rows.map(({ keyId, ...row }) => ({ ...row, key: stateOf(keyId, ourKeyId) }));
}

function stateOf(keyId: string | null, ourKeyId: string): AiAccount["key"] {
  if (keyId === null) return "none";
  return keyId === ourKeyId ? "kept" : "lost";
}
