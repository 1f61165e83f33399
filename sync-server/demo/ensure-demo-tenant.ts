import { sql } from "drizzle-orm";
import type { AnyRecord, CollectionName } from "../../shared/entities/collections.ts";
import type { Instant } from "../../shared/entities/fields.ts";
import type { Clock } from "../../shared/result/ports.ts";
import { announcePeople, announceTeam, createUser, demoFact, setTeams } from "../auth/index.ts";
import { inSystem, rowsOf, schema, type Database, type Tx } from "../database/index.ts";
import { saveRecords } from "../sync/index.ts";
import { addMissingBot } from "./bot.ts";
import { demoEntries } from "./call-lists.ts";
import { generateNorthgate } from "./generate.ts";
import { demoPlaybooks } from "./playbooks.ts";
import { wantMissingTalks, wantTalks } from "./past-talks.ts";
import {
  demoOperations,
  demoOperator,
  demoPeople,
  demoTeams,
  demoTenant,
  type DemoPersonSpec,
} from "./people.ts";

export type DemoOptions = { seed?: number; leadCount?: number };

/** Any number that nothing else of ours uses as an advisory lock. */
const demoLock = 7_466_003;

/**
 * Makes the demo tenant, its people and records, all or nothing, and switches one-click sign-in on for servers that
 * listen on loopback. Where it exists, it gets only what a demo of before coaching lacks: playbooks, a bot, and what was said.
 * @returns whether it was made now
 */
export async function ensureDemoTenant(
  { db, clock }: { db: Database; clock: Clock },
  { seed = 1, leadCount = 2_000 }: DemoOptions = {},
): Promise<boolean> {
  const now = new Date(clock.now()).toISOString();
  return inSystem(db, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${demoLock})`);
    const known = await rowsOf(tx, sql`SELECT 1 FROM tenants WHERE id = ${demoTenant.id}`);
    if (known.length > 0) {
      await addMissingPlaybooks(tx, now);
      await addMissingBot(tx, now);
      await wantMissingTalks(tx, seed, now);
      return false;
    }
    await addPeople(tx, now);
    await addMissingBot(tx, now);
    const records = generateNorthgate({ seed, leadCount, now });
    await addRecords(tx, records, now);
    const listed = demoEntries(records.leads ?? [], records.calls ?? [], now);
    if (listed.length > 0) await tx.insert(schema.callListEntries).values(listed);
    await wantTalks(tx, records.calls ?? [], seed, now);
    await tx.execute(
      sql`INSERT INTO server_facts (key, value) VALUES (${demoFact}, ${now}) ON CONFLICT (key) DO NOTHING`,
    );
    return true;
  });
}

/** Playbooks are archived, never removed: without any, nobody here has had one. */
async function addMissingPlaybooks(tx: Tx, now: Instant): Promise<void> {
  const known = await rowsOf(
    tx,
    sql`SELECT 1 FROM settings WHERE tenant_id = ${demoTenant.id} AND doc->>'kind' = 'playbook' LIMIT 1`,
  );
  if (known.length === 0) await saveRecords(tx, demoTenant.id, "settings", demoPlaybooks(now), { now });
}

async function addPeople(tx: Tx, now: Instant): Promise<void> {
  await tx.insert(schema.tenants).values([
    { ...demoTenant, kind: "demo" },
    { ...demoOperations, kind: "operations" },
  ]);
  await tx.insert(schema.teams).values(demoTeams.map((team) => ({ ...team, tenantId: demoTenant.id })));
  for (const [index, person] of demoPeople.entries()) await addMember(tx, demoTenant.id, person, now, index);
  await addMember(tx, demoOperations.id, demoOperator, now, demoPeople.length);
  const by = { userId: "", now };
  for (const team of demoTeams) await announceTeam(tx, demoTenant.id, team, by);
  await announcePeople(
    tx,
    demoTenant.id,
    demoPeople.map(({ userId }) => userId),
    by,
  );
  await announcePeople(tx, demoOperations.id, [demoOperator.userId], by);
}

/** Without a password: one signs in as them by a click, or not at all. */
async function addMember(
  tx: Tx,
  tenantId: string,
  person: DemoPersonSpec,
  now: Instant,
  index: number,
): Promise<void> {
  const { userId, name, email, role, teamIds } = person;
  await createUser(tx, { id: userId, name, email, passwordHash: null });
  // A millisecond apart, so that lists of whom to become begin with Ana.
  const createdAt = new Date(Date.parse(now) + index);
  await tx.insert(schema.members).values({ tenantId, userId, role, createdAt });
  await setTeams(tx, tenantId, userId, teamIds);
}

/** What explains the others goes first; what hangs on leads after them. */
const order: readonly CollectionName[] = [
  "settings",
  "listings",
  "leads",
  "deals",
  "tasks",
  "appointments",
  "calls",
  "messages",
  "activities",
];
const batchSize = 1_000;

async function addRecords(
  tx: Tx,
  records: ReturnType<typeof generateNorthgate>,
  now: Instant,
): Promise<void> {
  for (const collection of order) {
    const all: readonly AnyRecord[] = records[collection] ?? [];
    for (let from = 0; from < all.length; from += batchSize) {
      await saveRecords(tx, demoTenant.id, collection, all.slice(from, from + batchSize), { now });
    }
  }
}
