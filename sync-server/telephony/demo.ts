import { and, eq, sql } from "drizzle-orm";
import { inTenant, rowsOf, schema, type Tx } from "../database/index.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import type { DemoCallers, DemoCallRequest } from "../../shared/calls/server-wire.ts";
import type { Connected } from "./accounts.ts";
import type { TelephonyDeps } from "./deps.ts";
import type { CarrierAccount } from "./port.ts";

/** The simulated carrier's own doors, beside those that it shares with real ones. */
export type DemoCarrier = {
  /** Starts it, unless it runs already; it starts by itself when it is first needed. */
  start(account: CarrierAccount): Promise<void>;
  callers(account: CarrierAccount): Promise<DemoCallers["callers"]>;
  /** Somebody calls `to` now. @returns false where there is no such caller */
  call(account: CarrierAccount, to: string, wanted: DemoCallRequest): Promise<boolean>;
};

/**
 * The demo tenant's main number; those of its people follow it. All are fictional (NANPA 555-01xx), and of New York,
 * where its office is and nobody has to be told that a call is recorded.
 */
const mainNumber = "+19295550100";

type DemoDeps = Pick<TelephonyDeps, "db" | "accounts">;

/** Gives the demo tenant a line with the simulated carrier: once, whoever asks first. */
export async function ensureDemoLine(deps: DemoDeps, tenantId: string): Promise<Connected | null> {
  const known = await deps.accounts.ofTenant(tenantId);
  if (known) return known;
  const made = await inTenant(deps.db, { tenantId }, async (tx) => {
    await deps.accounts.records.lock(tx, tenantId);
    const [tenant] = await rowsOf<{ kind: string; accounts: number }>(
      tx,
      sql`SELECT kind, (SELECT count(*)::int FROM telephony_accounts WHERE tenant_id = ${tenantId}) AS accounts
          FROM tenants WHERE id = ${tenantId}`,
    );
    if (tenant?.kind !== "demo") return false;
    if (tenant.accounts > 0) return true;
    const invented = deps.accounts.records.read("simulator", { config: {}, credentials: {} });
    if (!invented?.ok) return false;
    const id = newRecordId() as string;
    const named = { tenantId, id, provider: "simulator" as const, label: "Simulated carrier" };
    await deps.accounts.records.create(tx, { ...named, ...invented.value });
    await addNumbers(tx, tenantId, id);
    return true;
  });
  deps.accounts.forget();
  return made ? deps.accounts.ofTenant(tenantId) : null;
}

/** Gives demo tenants their line before anybody asks for it: the simulated carrier takes seconds to start. */
export async function openDemoLines(deps: DemoDeps, demo: DemoCarrier): Promise<void> {
  const { owner } = deps.db;
  const tenants = await rowsOf<{ id: string }>(owner, sql`SELECT id FROM tenants WHERE kind = 'demo'`);
  for (const { id } of tenants) {
    const connected = await ensureDemoLine(deps, id);
    if (connected?.account.provider === "simulator") await demo.start(connected.account);
  }
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
    number: `+1929555${String(101 + index).padStart(4, "0")}`,
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
