import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  inSystem,
  inTenant,
  rowsOf,
  schema,
  type Database,
  type Tx,
} from "../../sync-server/database/index.ts";
import { saveRecords, takeCallEvents } from "../../sync-server/sync/index.ts";
import { findLeadOf } from "../../sync-server/telephony/find-lead.ts";
import { fields } from "../fakes/blank-fields.ts";
import { insertOf, isTenantKey, readColumns, tenantColumn, type Column } from "./sample-rows.ts";

/** SAFE-1 on one kind of database: every table of the schema as it really is, so that none can be forgotten. */
export function isolationSuite(open: () => Promise<Database>): void {
  let db: Database;
  let columns: Column[];
  const tablesOf = () => [...new Set(columns.filter(isTenantKey).map(({ table }) => table))];

  beforeAll(async () => {
    db = await open();
    columns = await readColumns(db);
  });
  afterAll(() => db.close());

  test("every table with a tenant forces row-level security, on its owner too", async () => {
    const protectedTables = await rowsOf<{ name: string }>(
      db.owner,
      sql`SELECT relname AS name FROM pg_class
          WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
            AND relrowsecurity AND relforcerowsecurity`,
    );
    const names = protectedTables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(tablesOf()));
    expect(tablesOf().length).toBeGreaterThan(15);
  });

  test("requests hold no right to any other table", async () => {
    const others = [...new Set(columns.map(({ table }) => table))].filter(
      (name) => !tablesOf().includes(name),
    );
    expect(others).toContain("server_facts");
    for (const table of others) {
      const [row] = await rowsOf<{ may: boolean }>(
        db.owner,
        sql`SELECT has_table_privilege('ringside_app', quote_ident(${table}::text), 'SELECT, INSERT, UPDATE, DELETE') AS may`,
      );
      expect(row?.may, table).toBe(false);
    }
  });

  test("[PULL-1] every synced table stamps and announces what is written", async () => {
    const triggers = await rowsOf<{ table: string; triggers: string }>(
      db.owner,
      sql`SELECT c.relname AS table, string_agg(t.tgname, ' ' ORDER BY t.tgname) AS triggers
          FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
          WHERE EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'xid') AND c.relkind = 'r'
            AND c.relnamespace = 'public'::regnamespace
          GROUP BY c.relname`,
    );
    expect(triggers).toHaveLength(13);
    for (const { triggers: found } of triggers) expect(found).toBe("announce_changed announce_new stamp");
  });

  describe("another tenant", () => {
    test("reads nothing and writes nothing, in any table", async () => {
      for (const table of tablesOf()) {
        const own = columns.filter((column) => column.table === table);
        await insertRow(db, own, "ours");
        expect(await countAs(db, table, "ours"), `${table}: its own tenant sees the row`).toBe(1);
        expect(await countAs(db, table, "others"), `${table}: another tenant reads`).toBe(0);
        await expectNoWrite(db, table, own);
        expect(await countAs(db, table, "ours"), `${table}: the row is still there`).toBe(1);
      }
    });

    test("reads nothing without a tenant set either", async () => {
      for (const table of tablesOf()) {
        const count = await db.transaction(async (tx) => {
          await tx.execute(sql`SELECT set_config('role', 'ringside_app', true)`);
          return countIn(tx, table);
        });
        expect(count, table).toBe(0);
      }
    });
  });

  test("what looks past these rules for an index's sake looks at one's own tenant alone", async () => {
    const past = await rowsOf(db.owner, sql`SELECT proname AS name FROM pg_proc WHERE prosecdef ORDER BY 1`);
    expect(past.map(({ name }) => name)).toEqual([
      "ringside_calls_between",
      "ringside_deliveries_of",
      "ringside_insights_of",
      "ringside_leads_by_number",
      "ringside_segments_of",
    ]);
    const lead = { id: "who-calls", ...fields.lead({ phone: "+13125550147", ownerId: "ana" }) };
    const now = new Date().toISOString();
    await inTenant(db, { tenantId: "callers" }, (tx) => saveRecords(tx, "callers", "leads", [lead], { now }));
    const find = (asTenant: string) =>
      inTenant(db, { tenantId: asTenant }, (tx) => findLeadOf(tx, "callers", "+13125550147"));
    expect(await find("callers")).toBe("who-calls");
    expect(await find("others")).toBeNull();

    const notice = { kind: "joined", legId: "leg-1", sid: "CA1" };
    await inTenant(db, { tenantId: "callers" }, async (tx) => {
      await tx
        .insert(schema.webhookInbox)
        .values({ tenantId: "callers", accountId: "a", identity: "1", notice });
      const event = { type: "offered", from: "+13125550147", to: "", provider: "", leadId: null } as const;
      const head = { source: "server:line", key: "1", seq: 0, at: now };
      await takeCallEvents(tx, "callers", new Map([["call-1", [{ ...head, ...event }]]]), { now });
      const about = { callId: "call-1", leadId: null, agentId: "ana", teamId: "north" };
      const said = { id: "said", ...about, speaker: "agent", startMs: 0, endMs: 9, text: "rent", timing: [] };
      await saveRecords(tx, "callers", "segments", [said], { now });
      const comment = { id: "comment", kind: "comment", ...about, at: now, byId: "ana", atMs: 0, text: "hm" };
      await saveRecords(tx, "callers", "insights", [comment], { now });
    });
    const counts = (asTenant: string) =>
      inTenant(db, { tenantId: asTenant }, (tx) =>
        rowsOf(
          tx,
          sql`SELECT (SELECT count(*)::int FROM ringside_deliveries_of('callers', ARRAY['leg-1'])) AS deliveries,
                     (SELECT count(*)::int FROM ringside_calls_between('callers', '', NULL)) AS calls,
                     (SELECT count(*)::int FROM ringside_segments_of('callers', ARRAY['call-1'])) AS segments,
                     (SELECT count(*)::int FROM ringside_insights_of('callers', ARRAY['call-1'])) AS insights`,
        ),
      );
    expect(await counts("callers")).toEqual([{ deliveries: 1, calls: 1, segments: 1, insights: 1 }]);
    expect(await counts("others")).toEqual([{ deliveries: 0, calls: 0, segments: 0, insights: 0 }]);
  });

  test("what the operator offers is everybody's to read and nobody's to write, and no request reads a key", async () => {
    const offered = ["ai_accounts", "ai_models", "ai_prices", "ai_limits"];
    for (const table of offered) {
      const own = columns.filter((column) => column.table === table);
      await inSystem(db, async (tx) => {
        await tx.execute(sql`RESET ROLE`);
        await tx.execute(sql`SET LOCAL session_replication_role = replica`);
        await tx.execute(insertOf(own, "", "operators"));
      });
      const seen = (tenantId: string) =>
        inTenant(db, { tenantId }, async (tx) => {
          const name = sql.identifier(table);
          const found = await rowsOf<{ n: number }>(
            tx,
            sql`SELECT count(*)::int AS n FROM ${name} WHERE tenant_id = ''`,
          );
          return found[0]?.n;
        });
      expect([await seen("ours"), await seen("others")], table).toEqual([1, 1]);
      const change = sql`UPDATE ${sql.identifier(table)} SET tenant_id = 'others' WHERE tenant_id = ''`;
      const plant = insertOf(own, "", "planted");
      expect(await changedAs(db, change), table).toBe(0);
      await expect(inTenant(db, { tenantId: "others" }, (tx) => tx.execute(plant))).rejects.toThrow();
    }
    for (const tenantId of ["ours", "others"])
      await expect(
        inTenant(db, { tenantId }, (tx) => tx.execute(sql`SELECT sealed_key FROM ai_accounts`)),
      ).rejects.toMatchObject({ cause: { message: expect.stringContaining("permission denied") as string } });
  });

  test("role and tenant end with their transaction", async () => {
    await inTenant(db, { tenantId: "ours" }, (tx) => countIn(tx, "leads"));
    const [after] = await rowsOf<{ role: string; tenant: string | null }>(
      db.owner,
      sql`SELECT current_user::text AS role, ringside_tenant() AS tenant`,
    );
    expect(after).toEqual({ role: "postgres", tenant: null });
  });

  test("a request cannot rewrite the audit log or remove synced rows", async () => {
    for (const statement of [
      sql`UPDATE audit_log SET action = ''`,
      sql`DELETE FROM audit_log`,
      sql`DELETE FROM leads`,
    ]) {
      await expect(inTenant(db, { tenantId: "ours" }, (tx) => tx.execute(statement))).rejects.toThrow();
    }
  });
}

async function expectNoWrite(db: Database, table: string, columns: Column[]): Promise<void> {
  const key = sql.identifier(tenantColumn(table));
  const name = sql.identifier(table);
  // Refused for want of a right, or done to no row: both leave the other tenant's rows as they are.
  expect(await changedAs(db, sql`UPDATE ${name} SET ${key} = ${key}`), `${table}: update`).toBe(0);
  expect(await changedAs(db, sql`DELETE FROM ${name}`), `${table}: delete`).toBe(0);
  await expect(
    inTenant(db, { tenantId: "others" }, (tx) => tx.execute(insertOf(columns, "ours", "planted"))),
    `${table}: insert`,
  ).rejects.toThrow();
}

async function changedAs(db: Database, statement: ReturnType<typeof sql>): Promise<number> {
  try {
    return await inTenant(db, { tenantId: "others" }, async (tx) => {
      const rows = await rowsOf(tx, sql`${statement} RETURNING 1`);
      return rows.length;
    });
  } catch (error) {
    expect(String((error as Error).cause)).toMatch(/permission denied/u);
    return 0;
  }
}

function countAs(db: Database, table: string, tenantId: string): Promise<number> {
  return inTenant(db, { tenantId }, (tx) => countIn(tx, table));
}

async function countIn(tx: Tx, table: string): Promise<number> {
  const [row] = await rowsOf<{ n: string }>(
    tx,
    sql`SELECT count(*)::text AS n FROM ${sql.identifier(table)}`,
  );
  return Number(row?.n);
}

async function insertRow(db: Database, columns: Column[], tenantId: string): Promise<void> {
  await inSystem(db, async (tx) => {
    await tx.execute(sql`RESET ROLE`);
    // Rows of this test stand alone: what they refer to need not exist.
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.execute(insertOf(columns, tenantId, "row"));
  });
}
