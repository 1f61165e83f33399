import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ChatEvent } from "../../shared/bot/conversation.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { inSystem, rowsOf, schema, type Database } from "../database/index.ts";
import { saveRecords } from "../sync/index.ts";
import { forgetUnclaimed } from "./forget-unclaimed.ts";

const tenantId = "north";
const dayMs = 86_400_000;
const nowMs = Date.parse("2026-11-22T12:00:00Z");
const keepDays = 400;
let db: Database;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

/** @param record of desks; undefined = the bot was enough, and there is none */
async function addChat(id: string, daysAgo: number, record?: { leadId: string | null }, tenant = tenantId) {
  const at = new Date(nowMs - daysAgo * dayMs);
  const said = { seq: 1, id: "said", type: "visitor-said", text: `I am Vera ${id}` } as const;
  const event = ChatEvent.parse({ ...said, at: at.toISOString() });
  const chat = { tenantId: tenant, botId: "bot", tokenHash: id, phase: "ended", openedAt: at } as const;
  await inSystem(db, async (tx) => {
    await tx.insert(schema.chats).values({ ...chat, id, lastAt: at });
    await tx.insert(schema.chatEvents).values({ tenantId: tenant, chatId: id, seq: 1, id: "said", event });
    if (!record) return;
    const told = { name: `Vera ${id}`, email: "", phone: "", need: "", when: "" };
    const doc = { id: `chat:${id}`, kind: "chat", callId: null, teamId: "north", told, ...record };
    await saveRecords(tx, tenant, "insights", [doc], { now: at.toISOString() });
  });
}

async function left(): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db.owner,
    sql`SELECT c.id FROM chats c JOIN chat_events e ON e.tenant_id = c.tenant_id AND e.chat_id = c.id ORDER BY c.id`,
  );
  return rows.map(({ id }) => id);
}

test("what belongs to no lead is erased when its time has come, word for word, and nothing else", async () => {
  await addChat("claimed", 900, { leadId: "lead-1" });
  await addChat("nobodys", 401, { leadId: null });
  await addChat("unshared", 401);
  await addChat("younger", 399);
  expect(await forgetUnclaimed(db, nowMs, keepDays)).toBe(2);
  expect(await left()).toEqual(["claimed", "younger"]);
  const records = await rowsOf<{ id: string; deleted: boolean; doc: unknown }>(
    db.owner,
    sql`SELECT id, deleted, doc FROM insights ORDER BY id`,
  );
  expect(records).toMatchObject([
    { id: "chat:claimed", deleted: false },
    { id: "chat:nobodys", deleted: true },
  ]);
  expect(JSON.stringify(records[1])).not.toContain("Vera");
  expect(await forgetUnclaimed(db, nowMs, keepDays)).toBe(0);
});

test("an organisation keeps them for less long, never longer than the server", async () => {
  await addChat("short", 31, { leadId: null }, "south");
  await addChat("kept", 29, undefined, "south");
  await addChat("long", 401, undefined, "west");
  await inSystem(db, (tx) =>
    tx.insert(schema.aiRetention).values([
      { tenantId: "south", chatDays: 30 },
      { tenantId: "west", chatDays: 3_000 },
    ]),
  );
  expect(await forgetUnclaimed(db, nowMs, keepDays)).toBe(2);
  expect(await left()).toEqual(["claimed", "kept", "younger"]);
});

test("however many there are, all that are old enough are erased, some at a time", async () => {
  for (let at = 0; at < 120; at += 1) await addChat(`many-${at}`, 500);
  expect(await forgetUnclaimed(db, nowMs, keepDays)).toBe(120);
  expect(await left()).toEqual(["claimed", "kept", "younger"]);
});
