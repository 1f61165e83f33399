import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { z } from "zod";
import { err, ok, type Result } from "../../shared/result/result.ts";
import { rowsOf, schema, type Tx } from "../database/index.ts";
import type { Sealer } from "../seal.ts";
import type { Carrier, CarrierAccount } from "./port.ts";

type Provider = CarrierAccount["provider"];
type Values = Record<string, unknown>;
export type Carriers = Readonly<Partial<Record<Provider, Carrier>>>;

export type NewAccount = {
  tenantId: string;
  id: string;
  provider: Provider;
  label: string;
  config: Values;
  credentials: Values;
  /** Set = not the line. */
  disabledAt?: Date | null;
};

/** An account as an admin may see it. */
export type AccountRecord = {
  id: string;
  provider: Provider;
  label: string;
  config: Values;
  /** Names of the secrets that are kept; null = sealed with another key: they must be given anew. */
  secrets: string[] | null;
  /** New calls of the tenant use it. */
  isLine: boolean;
  numbers: number;
  /** Where this account's webhooks arrive, as its carrier sees it; null = it sends none. */
  webhookUrl: string | null;
};

/** What is wrong with what was given, a sentence each; never with a value in it. */
export type FormFault = readonly string[];
/** What still hangs on an account. */
export type AccountUse = { numbers: number; openCalls: number; recordings: number };

/** A tenant's accounts as they are kept. Secrets go in and never come out: only their names do. */
export type AccountRecords = {
  /** Until the transaction ends nobody else adds or changes an account of this tenant or chooses its line. */
  lock(tx: Tx, tenantId: string): Promise<void>;
  list(tx: Tx, tenantId: string): Promise<AccountRecord[]>;
  /** Checks by the provider's own rules, and makes up what nobody has to give. Null: that provider is not here. */
  read(provider: Provider, given: Given): Result<Given, FormFault> | null;
  create(tx: Tx, given: NewAccount): Promise<void>;
  rename(tx: Tx, of: Named, label: string): Promise<void>;
  changeConfig(tx: Tx, of: Named, config: Values): Promise<Result<void, FormFault>>;
  /** Replaces the secrets that are named and keeps the others; null takes one away. */
  changeSecrets(tx: Tx, of: Named, secrets: Values): Promise<Result<void, FormFault>>;
  /** New calls use this account from now on; those that are up end where they are. Null: none does. */
  chooseLine(tx: Tx, tenantId: string, id: string | null, now: Date): Promise<void>;
  useOf(tx: Tx, of: Named): Promise<AccountUse>;
  remove(tx: Tx, of: Named): Promise<void>;
};

type Given = { config: Values; credentials: Values };
type Named = { tenantId: string; id: string };
type Deps = { sealer: Sealer; carriers: Carriers; webhooksUrl(provider: Provider): string };

const { telephonyAccounts, telephonyNumbers } = schema;
export type AccountRow = typeof telephonyAccounts.$inferSelect;

export function openAccountRecords({ sealer, carriers, webhooksUrl }: Deps): AccountRecords {
  const read = (provider: Provider, { config, credentials }: Given): Result<Given, FormFault> | null => {
    const carrier = carriers[provider];
    if (!carrier) return null;
    const made = carrier.invent?.() ?? { config: {}, credentials: {} };
    const readConfig = carrier.config.safeParse({ ...made.config, ...config });
    const readSecrets = carrier.credentials.safeParse({ ...made.credentials, ...credentials });
    if (readConfig.success && readSecrets.success)
      return ok({ config: readConfig.data, credentials: readSecrets.data });
    return err([readConfig, readSecrets].flatMap(faultsOf));
  };
  const lockRow = async (tx: Tx, of: Named): Promise<AccountRow> => {
    const [row] = await tx.select().from(telephonyAccounts).where(own(of)).for("update");
    if (!row) throw new Error(`the account ${of.id} is not there`);
    return row;
  };
  const seal = (credentials: Values, of: Named) => ({
    credentials: sealer.seal(JSON.stringify(credentials), aboutOf(of)),
    keyId: sealer.keyId,
  });

  return {
    async lock(tx, tenantId) {
      const name = `telephony accounts of ${tenantId}`;
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}::text, 0))`);
    },
    read,
    async list(tx, tenantId) {
      const numbers = sql<number>`(SELECT count(*)::int FROM telephony_numbers n
        WHERE n.tenant_id = ${tenantId} AND n.account_id = ${telephonyAccounts.id})`;
      const rows = await tx
        .select({ account: telephonyAccounts, numbers })
        .from(telephonyAccounts)
        .where(eq(telephonyAccounts.tenantId, tenantId))
        .orderBy(telephonyAccounts.createdAt, telephonyAccounts.id);
      return rows.map(({ account, numbers: count }) => recordOf(sealer, account, count, webhooksUrl));
    },
    async create(tx, { credentials, ...rest }) {
      await tx.insert(telephonyAccounts).values({ ...rest, ...seal(credentials, rest) });
    },
    async rename(tx, of, label) {
      await tx.update(telephonyAccounts).set({ label }).where(own(of));
    },
    async changeConfig(tx, of, config) {
      const { provider } = await lockRow(tx, of);
      const checked = carriers[provider]?.config.safeParse(config);
      if (!checked?.success) return err(checked ? faultsOf(checked) : [notHere]);
      await tx.update(telephonyAccounts).set({ config: checked.data }).where(own(of));
      return ok();
    },
    async changeSecrets(tx, of, given) {
      const row = await lockRow(tx, of);
      const kept = Object.entries({ ...openSecrets(sealer, row), ...given });
      const wanted = Object.fromEntries(kept.filter(([, value]) => value !== null));
      const checked = carriers[row.provider]?.credentials.safeParse(wanted);
      if (!checked?.success) return err(checked ? faultsOf(checked) : [notHere]);
      await tx.update(telephonyAccounts).set(seal(checked.data, of)).where(own(of));
      return ok();
    },
    async chooseLine(tx, tenantId, id, now) {
      const others = and(eq(telephonyAccounts.tenantId, tenantId), isNull(telephonyAccounts.disabledAt));
      // One after the other: there is never a second line, not even for a moment.
      await tx
        .update(telephonyAccounts)
        .set({ disabledAt: now })
        .where(id === null ? others : and(others, ne(telephonyAccounts.id, id)));
      if (id !== null)
        await tx.update(telephonyAccounts).set({ disabledAt: null }).where(own({ tenantId, id }));
    },
    useOf,
    async remove(tx, of) {
      await tx.delete(telephonyAccounts).where(own(of));
    },
  };
}

/** What belongs to it: sealed text does not open in another place. */
export function aboutOf({ tenantId, id }: Named): string {
  return `telephony_accounts/${tenantId}/${id}`;
}

function own({ tenantId, id }: Named) {
  return and(eq(telephonyAccounts.tenantId, tenantId), eq(telephonyAccounts.id, id));
}

function recordOf(
  sealer: Sealer,
  row: AccountRow,
  numbers: number,
  webhooksUrl: Deps["webhooksUrl"],
): AccountRecord {
  const { id, provider, label, config, disabledAt } = row;
  const secrets = openSecrets(sealer, row);
  return {
    ...{ id, provider, label, config: config as Values, isLine: disabledAt === null, numbers },
    secrets: secrets && Object.keys(secrets).toSorted(),
    webhookUrl: provider === "twilio" ? `${webhooksUrl(provider)}/${id}` : null,
  };
}

/** Null where another secret of the server has sealed them: a database was moved without it. */
function openSecrets(sealer: Sealer, row: AccountRow): Values | null {
  if (row.keyId !== sealer.keyId) return null;
  return JSON.parse(sealer.open(row.credentials, aboutOf(row))) as Values;
}

async function useOf(tx: Tx, { tenantId, id }: Named): Promise<AccountUse> {
  const [use] = await rowsOf<AccountUse>(
    tx,
    sql`SELECT (SELECT count(*)::int FROM ${telephonyNumbers} WHERE tenant_id = ${tenantId} AND account_id = ${id}) AS numbers,
               (SELECT count(*)::int FROM line_calls
                WHERE tenant_id = ${tenantId} AND account_id = ${id} AND over_at IS NULL) AS "openCalls",
               (SELECT count(*)::int FROM jobs WHERE tenant_id = ${tenantId} AND kind = 'recording.fetch'
                AND failed_at IS NULL AND payload->>'accountId' = ${id}) AS recordings`,
  );
  return use ?? { numbers: 0, openCalls: 0, recordings: 0 };
}

const notHere = "This server has no such carrier.";

/** What was typed is not repeated: it may be a secret that stands in the wrong field. */
function faultsOf(parsed: z.ZodSafeParseResult<Values>): string[] {
  return (parsed.error?.issues ?? []).map(({ code, path, message }) => {
    if (code === "unrecognized_keys") return "There is a field that this carrier does not know.";
    const known = path.filter((part) => typeof part === "number" || /^[a-z]{1,30}$/iu.test(String(part)));
    return `${nameOf(known) || "The form"}: ${message}`;
  });
}

/** "Account SID" of `accountSid`, "Agents 2 username" of `agents.1.username`. */
function nameOf(path: readonly PropertyKey[]): string {
  const words = path.map((part) =>
    typeof part === "number"
      ? part + 1
      : String(part).replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`),
  );
  const name = words.join(" ").replaceAll(/\bsid\b/gu, "SID");
  return name.charAt(0).toUpperCase() + name.slice(1);
}
