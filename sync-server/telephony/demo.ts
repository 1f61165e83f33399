import { randomBytes } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { inTenant, rowsOf, schema, type Tx } from "../database/index.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import type { DemoCallers } from "../../shared/calls/server-wire.ts";
import type { Connected, NewAccount } from "./accounts.ts";
import type { TelephonyDeps } from "./deps.ts";
import type { CarrierAccount } from "./port.ts";

/** The simulated carrier's own doors, beside those that it shares with real ones. */
export type DemoCarrier = {
  callers(account: CarrierAccount): Promise<DemoCallers["callers"]>;
  /** Somebody calls `to` now. @returns false where there is no such caller */
  call(account: CarrierAccount, to: string, caller: string | null): Promise<boolean>;
};

/** The demo tenant's main number; those of its people follow it. All are fictional (NANPA 555-01xx). */
const mainNumber = "+13125550100";

/** Gives the demo tenant a line with the simulated carrier: once, whoever asks first. */
export async function ensureDemoLine(deps: TelephonyDeps, tenantId: string): Promise<Connected | null> {
  const known = await deps.accounts.ofTenant(tenantId);
  if (known) return known;
  const made = await inTenant(deps.db, { tenantId }, async (tx) => {
    await tx.execute(
      sql`SELECT pg_advisory_xact_lock(hashtextextended(${`demo line ${tenantId}`}::text, 0))`,
    );
    const [tenant] = await rowsOf<{ kind: string; accounts: number }>(
      tx,
      sql`SELECT kind, (SELECT count(*)::int FROM telephony_accounts WHERE tenant_id = ${tenantId}) AS accounts
          FROM tenants WHERE id = ${tenantId}`,
    );
    if (tenant?.kind !== "demo") return false;
    if (tenant.accounts > 0) return true;
    const account = simulatedAccount(tenantId);
    await deps.accounts.create(tx, account);
    await addNumbers(tx, tenantId, account.id);
    return true;
  });
  deps.accounts.forget();
  return made ? deps.accounts.ofTenant(tenantId) : null;
}

function simulatedAccount(tenantId: string): NewAccount {
  const sid = (prefix: string) => prefix + randomBytes(16).toString("hex");
  return {
    tenantId,
    id: newRecordId(),
    provider: "simulator",
    label: "Simulated carrier",
    config: { accountSid: sid("AC"), apiKeySid: sid("SK"), applicationSid: sid("AP"), edge: null },
    credentials: {
      authToken: randomBytes(16).toString("hex"),
      apiKeySecret: randomBytes(16).toString("hex"),
    },
  };
}

/** The main number keeps business hours; people's own numbers ring whenever they are at their desk. */
async function addNumbers(tx: Tx, tenantId: string, accountId: string): Promise<void> {
  const { members, telephonyNumbers } = schema;
  const people = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(eq(members.tenantId, tenantId))
    .orderBy(members.createdAt, members.userId);
  const own = people.slice(0, 99).map(({ userId }, index) => ({
    ...{ tenantId, accountId, agentId: userId, alwaysOpen: true, label: "Direct" },
    number: `+1312555${String(101 + index).padStart(4, "0")}`,
  }));
  await tx
    .insert(telephonyNumbers)
    .values([{ tenantId, accountId, number: mainNumber, label: "Main number" }, ...own]);
}

/** The number that rings this person alone; null = they have none. */
export async function readOwnNumber(tx: Tx, tenantId: string, userId: string): Promise<string | null> {
  const { telephonyNumbers: numbers } = schema;
  const [row] = await tx
    .select({ number: numbers.number })
    .from(numbers)
    .where(and(eq(numbers.tenantId, tenantId), eq(numbers.agentId, userId)));
  return row?.number ?? null;
}
