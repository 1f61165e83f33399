import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { Clock } from "../../shared/result/ports.ts";
import { inSystem, inTenant, schema, type Database, type Tx } from "../database/index.ts";
import type { Sealer } from "../seal.ts";
import {
  aboutOf,
  openAccountRecords,
  type AccountRecords,
  type AccountRow,
  type Carriers,
} from "./account-records.ts";
import type { Carrier, CarrierAccount, CarrierLine } from "./port.ts";
import { webhooksPath } from "./webhooks-path.ts";

type Provider = CarrierAccount["provider"];

/** An account together with whoever speaks for its carrier. */
export type Connected = { account: CarrierAccount; carrier: Carrier; line(): Promise<CarrierLine> };

export type Accounts = {
  /** By id, whosever it is: for webhooks, which prove themselves by their signature. */
  byId(accountId: string): Promise<Connected | null>;
  /** The one that a tenant's new calls use. */
  ofTenant(tenantId: string): Promise<Connected | null>;
  records: AccountRecords;
  /** Forgets what it remembers, after a transaction that changed an account. */
  forget(): void;
};

type Deps = {
  db: Database;
  clock: Clock;
  sealer: Sealer;
  carriers: Carriers;
  /** Where a provider finds this server, without a slash at the end. */
  serverUrl(provider: Provider): string;
};

/** Another node may have changed an account: what is remembered of it is good for so long. */
const rememberedMs = 10_000;

const { telephonyAccounts, telephonyNumbers } = schema;
type Found = { row: AccountRow; numbers: string[] };

/** Accounts with their secrets, opened and remembered for seconds: every webhook needs one. */
export function openAccounts({ db, clock, sealer, carriers, serverUrl }: Deps): Accounts {
  const webhooksUrl = (provider: Provider) => serverUrl(provider) + webhooksPath;
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
    records: openAccountRecords({ sealer, carriers, webhooksUrl }),
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
