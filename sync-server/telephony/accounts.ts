import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { Clock } from "../../shared/result/ports.ts";
import { inSystem, inTenant, schema, type Database, type Tx } from "../database/index.ts";
import type { Sealer } from "../seal.ts";
import type { Carrier, CarrierAccount, CarrierLine } from "./port.ts";

type Provider = CarrierAccount["provider"];
export type Carriers = Readonly<Partial<Record<Provider, Carrier>>>;

/** An account together with whoever speaks for its carrier. */
export type Connected = { account: CarrierAccount; carrier: Carrier; line(): Promise<CarrierLine> };

export type Accounts = {
  /** By id, whosever it is: for webhooks, which prove themselves by their signature. */
  byId(accountId: string): Promise<Connected | null>;
  /** The one that a tenant's new calls use. */
  ofTenant(tenantId: string): Promise<Connected | null>;
  create(tx: Tx, given: NewAccount): Promise<void>;
  /** Forgets what it remembers, after an account was changed. */
  forget(): void;
};

export type NewAccount = {
  tenantId: string;
  id: string;
  provider: Provider;
  label: string;
  config: Record<string, unknown>;
  credentials: Record<string, unknown>;
};

type Deps = {
  db: Database;
  clock: Clock;
  sealer: Sealer;
  carriers: Carriers;
  /** Where the webhooks of a provider arrive, without the account and without a slash at the end. */
  webhooksUrl(provider: Provider): string;
};

/** Another node may have changed an account: what is remembered of it is good for so long. */
const rememberedMs = 10_000;

const { telephonyAccounts, telephonyNumbers } = schema;
type Row = typeof telephonyAccounts.$inferSelect;
type Found = { row: Row; numbers: string[] };

/** Accounts with their secrets, opened and remembered for seconds: every webhook needs one. */
export function openAccounts({ db, clock, sealer, carriers, webhooksUrl }: Deps): Accounts {
  const remembered = new Map<string, { until: number; found: Promise<Connected | null> }>();

  const remember = (key: string, read: () => Promise<Found | null>): Promise<Connected | null> => {
    const known = remembered.get(key);
    if (known && known.until > clock.now()) return known.found;
    const found = read().then((stored) => (stored ? connect(stored) : null));
    remembered.set(key, { until: clock.now() + rememberedMs, found });
    // A failure is nobody's account; and names of accounts that never were must not pile up.
    const forget = () => remembered.delete(key);
    found.then((account) => account ?? forget(), forget);
    return found;
  };
  const connect = ({ row, numbers }: Found): Connected | null => {
    const carrier = carriers[row.provider];
    if (!carrier) return null;
    const credentials = JSON.parse(sealer.open(row.credentials, aboutOf(row))) as Record<string, unknown>;
    const { tenantId, id, provider } = row;
    const account: CarrierAccount = {
      tenantId,
      id,
      provider,
      config: row.config as Record<string, unknown>,
      credentials,
      numbers,
      webhookUrl: `${webhooksUrl(provider)}/${id}`,
    };
    let line: Promise<CarrierLine> | null = null;
    return {
      account,
      carrier,
      line() {
        line ??= carrier.connect(account);
        line.catch(() => (line = null));
        return line;
      },
    };
  };

  return {
    byId: (accountId) =>
      remember(`account ${accountId}`, () =>
        inSystem(db, (tx) => find(tx, eq(telephonyAccounts.id, accountId))),
      ),
    ofTenant: (tenantId) =>
      remember(`tenant ${tenantId}`, () =>
        inTenant(db, { tenantId }, (tx) =>
          find(tx, and(eq(telephonyAccounts.tenantId, tenantId), isNull(telephonyAccounts.disabledAt))),
        ),
      ),
    async create(tx, given) {
      const { credentials, ...rest } = given;
      const sealed = sealer.seal(JSON.stringify(credentials), aboutOf(given));
      await tx.insert(telephonyAccounts).values({ ...rest, credentials: sealed, keyId: sealer.keyId });
      remembered.clear();
    },
    forget: () => remembered.clear(),
  };
}

async function find(tx: Tx, which: SQL | undefined): Promise<Found | null> {
  const [row] = await tx.select().from(telephonyAccounts).where(which);
  if (!row) return null;
  const numbers = await tx
    .select({ number: telephonyNumbers.number })
    .from(telephonyNumbers)
    .where(and(eq(telephonyNumbers.tenantId, row.tenantId), eq(telephonyNumbers.accountId, row.id)));
  return { row, numbers: numbers.map(({ number }) => number) };
}

function aboutOf({ tenantId, id }: Pick<Row, "tenantId" | "id">): string {
  return `telephony_accounts/${tenantId}/${id}`;
}
