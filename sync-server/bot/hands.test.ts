import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Bot } from "../../shared/bot/bot.ts";
import { deskChatPaths, publicChatPaths, typingShownMs } from "../../shared/bot/wire.ts";
import { stageGateway } from "../../testing/ai/stage-gateway.ts";
import { startTestServer, type TestServer } from "../../testing/server/start-test-server.ts";
import { people, testTenant as tenantId, type TestPerson } from "../../testing/server/test-identities.ts";
import { firstSettings } from "../admin/index.ts";
import { inSystem, inTenant, rowsOf, schema } from "../database/index.ts";
import { saveRecords } from "../sync/index.ts";
import { appendEvents } from "./chat-store.ts";
import { endSilent } from "./end-silent.ts";
import { startBots } from "./index.ts";
import { returnLeft } from "./return-left.ts";
import { newToken } from "./visitor-door.ts";

const page = "https://www.example.com";
const config = Bot.parse({
  ...{ name: "Ria", opening: "Hello.", purposes: ["answers"], teamId: "north", people: "always" },
  knows: [{ about: "Are pets allowed?", text: "Cats are." }],
  ...{ origins: [page], mostAnswers: 20, mostChatsADay: 1_000, on: true },
});
let server: TestServer;
let nowMs = Date.parse("2026-11-22T12:00:00Z");
let chats = 0;

beforeAll(async () => {
  server = await startTestServer({
    clock: { now: () => nowMs },
    add: ({ app, ...context }) => startBots(app, { ...context, ai: stageGateway([]).ai, chatDays: 400 }),
  });
  const at = new Date(nowMs);
  const business = firstSettings("Test").find(({ id }) => id === "business") as { id: string };
  await inTenant(server.db, { tenantId }, (tx) => saveRecords(tx, tenantId, "settings", [business], { now: at.toISOString() })); // prettier-ignore
  await inSystem(server.db, async (tx) => {
    await tx.insert(schema.bots).values({ tenantId, id: "bot", publicId: "bot", config, createdAt: at, changedAt: at }); // prettier-ignore
    for (const { userId, name, role } of Object.values(people)) {
      await tx.execute(
        sql`INSERT INTO users (id, name, email, email_verified, created_at, updated_at)
            VALUES (${userId}, ${name}, ${`${userId}@example.org`}, true, now(), now()) ON CONFLICT DO NOTHING`,
      );
      await tx.execute(
        sql`INSERT INTO members (tenant_id, user_id, role) VALUES (${tenantId}, ${userId}, ${role}) ON CONFLICT DO NOTHING`,
      );
    }
  });
});
afterAll(() => server.close());

/** A conversation that waits for a person of the team north, or that the bot holds still. */
async function waiting(botId = "bot", handOff = true) {
  const chatId = `chat-${(chats += 1)}`;
  const { token, tokenHash } = newToken();
  const [at, when] = [new Date(nowMs).toISOString(), new Date(nowMs)];
  await inTenant(server.db, { tenantId }, async (tx) => {
    await tx
      .insert(schema.chats)
      .values({ tenantId, id: chatId, botId, tokenHash, openedAt: when, lastAt: when });
    const opened = { id: "opened", at, type: "opened", botName: "Ria", opening: "Hello." } as const;
    const handedOff = { id: "handed-off", at, type: "handed-off", why: "asked" } as const;
    await appendEvents(tx, { tenantId, chatId }, handOff ? [opened, handedOff] : [opened], at);
  });
  return { chatId, token };
}

type Request = { body?: unknown; method?: "GET" | "POST" };

async function atDesk(path: string, who: TestPerson, { body = {}, method = "POST" }: Request = {}) {
  const { token } = server.identities.signIn(who);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(server.url + path, { method, headers, ...(method === "POST" ? { body: JSON.stringify(body) } : {}) }); // prettier-ignore
  return { status: response.status, body: await response.text() };
}

async function recordOf(chatId: string) {
  const [row] = await inTenant(server.db, { tenantId }, (tx) =>
    rowsOf<{ phase: string; agentId: string | null; audience: string[] }>(
      tx,
      sql`SELECT doc->>'phase' AS phase, doc->>'agentId' AS "agentId", audience FROM insights WHERE id = ${`chat:${chatId}`}`,
    ),
  );
  return row;
}

const take = (chatId: string, who: TestPerson) => atDesk(deskChatPaths.take(chatId), who);
const pass = (chatId: string, who: TestPerson, toId: string) =>
  atDesk(deskChatPaths.pass(chatId), who, { body: { toId } });
const giveBack = (chatId: string, who: TestPerson) => atDesk(deskChatPaths.giveBack(chatId), who);

test("whoever has a conversation hands it on, gets it back, and lets anybody take it again", async () => {
  const { chatId } = await waiting();
  const statuses = async (...asked: Promise<{ status: number }>[]) => (await Promise.all(asked)).map(({ status }) => status); // prettier-ignore
  expect(await statuses(pass(chatId, people.ana, "ben"))).toEqual([409]);
  expect(await statuses(take(chatId, people.ana))).toEqual([200]);
  expect(await statuses(pass(chatId, people.ana, "nobody"))).toEqual([400]);
  // Asked twice because the answer was lost, it is done once.
  expect(await statuses(pass(chatId, people.ana, "ben"))).toEqual([200]);
  expect(await statuses(pass(chatId, people.ana, "ben"))).toEqual([200]);
  expect(await recordOf(chatId)).toMatchObject({ phase: "person", agentId: "ben" });
  expect((await recordOf(chatId))?.audience).toContain("user:ben");
  expect(await statuses(giveBack(chatId, people.ana))).toEqual([409]);
  expect(await statuses(pass(chatId, people.ben, "ana"))).toEqual([200]);
  expect(await statuses(giveBack(chatId, people.ana), giveBack(chatId, people.ana))).toEqual([200, 200]);
  expect(await recordOf(chatId)).toMatchObject({ phase: "waiting", agentId: null });
  expect(await statuses(take(chatId, people.ana))).toEqual([200]);
  expect(await statuses(take(chatId, people.ana))).toEqual([200]);
  expect(await statuses(take(chatId, people.max))).toEqual([409]);
  // A manager hands on what an agent holds.
  expect(await statuses(pass(chatId, people.max, "max"))).toEqual([200]);
  expect(await recordOf(chatId)).toMatchObject({ phase: "person", agentId: "max" });
});

test("what somebody held who has left the organisation waits for anybody again", async () => {
  const [left, stays] = [await waiting(), await waiting()];
  await take(left.chatId, people.ana);
  await take(stays.chatId, people.max);
  await returnLeft(server.db, nowMs);
  expect(await recordOf(left.chatId)).toMatchObject({ phase: "person", agentId: "ana" });
  const deactivate = (at: Date | null) =>
    inSystem(server.db, (tx) => tx.execute(sql`UPDATE members SET deactivated_at = ${at?.toISOString() ?? null}::timestamptz WHERE tenant_id = ${tenantId} AND user_id = 'ana'`)); // prettier-ignore
  await deactivate(new Date(nowMs));
  for (let twice = 0; twice < 2; twice += 1) await returnLeft(server.db, nowMs);
  expect(await recordOf(left.chatId)).toMatchObject({ phase: "waiting", agentId: null });
  expect(await recordOf(stays.chatId)).toMatchObject({ phase: "person", agentId: "max" });
  expect((await pass(stays.chatId, people.max, "ana")).status).toBe(400);
  await deactivate(null);
});

test("a bot that is switched off, taken away or has lost its page keeps what it began: no new ones, and no answers of its own", async () => {
  const at = new Date(nowMs);
  const set = async (change: { config?: Bot; archived?: boolean }) => {
    await inSystem(server.db, (tx) => tx.update(schema.bots).set(change).where(eq(schema.bots.id, "going")));
    // What a node remembers of a bot is good for a moment.
    nowMs += 6_000;
  };
  const ask = async (path: (bot: string) => string, token: string, body?: unknown) => {
    const headers = { origin: page, authorization: `Bearer ${token}`, "content-type": "application/json" };
    const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(server.url + path("going"), { headers, ...sent });
    return { status: response.status, text: await response.text() };
  };
  await inSystem(server.db, (tx) => tx.insert(schema.bots).values({ tenantId, id: "going", publicId: "going", config, createdAt: at, changedAt: at })); // prettier-ignore
  for (const change of [
    { config: { ...config, on: false } },
    { archived: true },
    { config: { ...config, origins: [] } },
  ]) {
    await set({ config, archived: false });
    const [held, mine] = [await waiting("going"), await waiting("going", false)];
    await take(held.chatId, people.ana);
    await set(change);
    expect((await ask(publicChatPaths.open, "", {})).status).toBe(
      change.config?.origins.length === 0 ? 403 : 404,
    );
    const { status } = await atDesk(deskChatPaths.say(held.chatId), people.ana, { body: { id: "a", text: "Ana here" } }); // prettier-ignore
    expect(status).toBe(200);
    expect((await ask(publicChatPaths.chat, held.token)).text).toContain("Ana here");
    expect((await ask(publicChatPaths.typing, held.token, {})).status).toBe(204);
    expect((await ask(publicChatPaths.say, held.token, { id: "b", text: "Good" })).status).toBe(200);
    expect((await recordOf(held.chatId))?.phase).toBe("person");
    const preflight = await fetch(server.url + publicChatPaths.say("going"), { method: "OPTIONS", headers: { origin: page } }); // prettier-ignore
    expect(preflight.status).toBe(204);
    if (change.config?.on === true) continue;
    const answer = await ask(publicChatPaths.say, mine.token, { id: "c", text: "Are pets allowed?" });
    expect(answer.text).not.toContain("Cats");
    expect(answer.text).toContain("That is one for a colleague of mine.");
    expect(await recordOf(mine.chatId)).toMatchObject({ phase: "waiting", agentId: null });
  }
});

test("one that cannot be ended keeps no other one from its end", async () => {
  const silent = [await waiting(), await waiting(), await waiting()];
  for (const { chatId } of silent) await take(chatId, people.ana);
  const [broken] = silent;
  await inSystem(server.db, (tx) => tx.execute(sql`UPDATE chat_events SET event = '{}' WHERE chat_id = ${broken?.chatId ?? ""}`)); // prettier-ignore
  nowMs += 25 * 3_600_000;
  await expect(endSilent(server.db, nowMs)).rejects.toThrow(/^1 of \d+ chats failed$/u);
  const phases = await Promise.all(silent.map(async ({ chatId }) => (await recordOf(chatId))?.phase));
  expect(phases).toEqual(["person", "ended", "ended"]);
  await inSystem(server.db, (tx) => tx.execute(sql`DELETE FROM chat_events WHERE chat_id = ${broken?.chatId ?? ""}`)); // prettier-ignore
  await inSystem(server.db, (tx) => tx.execute(sql`DELETE FROM chats WHERE id = ${broken?.chatId ?? ""}`));
});

test("whoever leaves an address while nobody is there is thanked once, and the desk has it", async () => {
  const closed: Bot = { ...config, people: "business-hours" };
  const at = new Date(nowMs);
  await inSystem(server.db, (tx) => tx.insert(schema.bots).values({ tenantId, id: "closed", publicId: "closed", config: closed, createdAt: at, changedAt: at })); // prettier-ignore
  // A Sunday, at night.
  nowMs = Date.parse("2026-12-06T03:00:00Z");
  const { chatId, token } = await waiting("closed");
  const say = async (id: string, text: string) => {
    const headers = { origin: page, authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(server.url + publicChatPaths.say("closed"), { method: "POST", headers, body: JSON.stringify({ id, text }) }); // prettier-ignore
    return response.text();
  };
  const thanks = "Thank you, I have noted it. We get back to you when we open.";
  expect(await say("a", "Is anybody there?")).not.toContain(thanks);
  expect(await say("b", "maria@example.org")).toContain(thanks);
  expect(await say("b", "maria@example.org")).toContain(thanks);
  expect(await say("c", "or +1 312 555 0147")).not.toContain(thanks);
  const [row] = await inTenant(
    server.db,
    { tenantId },
    (tx) =>
    rowsOf<{ doc: { phase: string; turns: { text: string }[]; told: unknown } }>(tx, sql`SELECT doc FROM insights WHERE id = ${`chat:${chatId}`}`), // prettier-ignore
  );
  expect(row?.doc).toMatchObject({ phase: "waiting", told: { email: "maria@example.org", phone: "+1 312 555 0147" } }); // prettier-ignore
  expect(row?.doc.turns.filter(({ text }) => text === thanks)).toHaveLength(1);
});

test("each sees that the other one writes, for a few seconds, and of nobody else", async () => {
  const { chatId, token } = await waiting();
  await take(chatId, people.ana);
  const headers = { origin: page, authorization: `Bearer ${token}` };
  const stops = new AbortController();
  const stream = await fetch(`${server.url}${publicChatPaths.stream("bot")}?after=0`, { headers, signal: stops.signal }); // prettier-ignore
  let heard = "";
  const reading = stream.body?.pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write: (text) => void (heard += text) })).catch(() => {}); // prettier-ignore
  await expect.poll(() => heard).toContain("event: state");
  const tell = (who: TestPerson) => atDesk(deskChatPaths.typing(chatId), who);
  expect((await tell(people.max)).status).toBe(204);
  expect((await tell(people.ben)).status).toBe(404);
  expect(heard).not.toContain("event: typing");
  expect((await tell(people.ana)).status).toBe(204);
  await expect.poll(() => heard).toContain("event: typing");
  stops.abort();
  await reading;

  const visitorWrites = async () => JSON.parse((await atDesk(deskChatPaths.typing(chatId), people.ana, { method: "GET" })).body) as unknown; // prettier-ignore
  expect(await visitorWrites()).toEqual({ typing: false });
  const typed = await fetch(server.url + publicChatPaths.typing("bot"), { method: "POST", headers });
  expect(typed.status).toBe(204);
  await expect.poll(visitorWrites).toEqual({ typing: true });
  nowMs += typingShownMs;
  expect(await visitorWrites()).toEqual({ typing: false });
});
