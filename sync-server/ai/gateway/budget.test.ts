import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemTimers } from "../../../shared/result/ports.ts";
import { openAiLike } from "../../../testing/ai/stand-ins/openai-like.ts";
import {
  pauses,
  startModelServer,
  streams,
  type ModelServer,
} from "../../../testing/ai/stand-ins/model-server.ts";
import { routeOf, stageGateway } from "../../../testing/ai/stage-gateway.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";
import { inSystem, rowsOf, schema, type Database } from "../../database/index.ts";
import { createOpenAiProvider } from "../../providers/openai/index.ts";
import type { Ai, AiTextTask, ModelRoute, StreamPart } from "../index.ts";
import { createLedger } from "../ledger/index.ts";

// A gateway with its real ledger, while words come: what a budget does to them, and they to it.

const dialect = openAiLike("compatible");
const task: AiTextTask<null> = {
  // Any prompt that there is: what it says is not what is tested.
  ...{ name: "coaching.card", promptVersion: 1, feature: "coaching", difficulty: "hard" },
  ...{ priority: "waiting", personalData: "needed", sameForMs: 0, maxOutputTokens: 100, timeoutMs: 30_000 },
  dataOf: () => ({}),
  byRules: () => "rules",
};
const asker = { tenantId: "north", userId: "ana" };
/** 100 tokens of an answer, at this price each. */
const mostOfOne = 100_000;

let db: Database;
let model: ModelServer;
let nowMs = 0;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
});
beforeEach(async () => {
  model = await startModelServer();
  nowMs = Date.parse("2026-11-21T12:00:00Z");
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await model.close();
  await db.transaction((tx) => tx.execute(sql`TRUNCATE ai_limits, ai_counters, ai_requests CASCADE`));
});
afterAll(() => db.close());

type NewLimit = Pick<typeof schema.aiLimits.$inferInsert, "measure" | "most">;

async function open(limit: NewLimit, routes = [route()]): Promise<Ai> {
  const row = { ...limit, tenantId: "north", id: "limit", per: "organisation", period: "month" } as const;
  await inSystem(db, (tx) => tx.insert(schema.aiLimits).values(row));
  const log = { warn: (facts: object, text: string) => expect.fail(`${text} ${JSON.stringify(facts)}`) };
  const ledger = await createLedger({ db, clock: { now: () => nowMs }, timers: systemTimers, log });
  stops.push(ledger.stop);
  return stageGateway(routes, ledger).ai;
}

function route(own: Partial<ModelRoute> = {}): ModelRoute {
  const provider = createOpenAiProvider(dialect.access(model.url));
  return routeOf(provider, { price: { input: 0, output: 1_000_000 }, ...own });
}

async function readAll(parts: AsyncIterable<StreamPart>): Promise<{ text: string; end: StreamPart }> {
  let [text, end]: [string, StreamPart | null] = ["", null];
  for await (const part of parts) {
    if (part.kind === "begin") text = "";
    if (part.kind === "text") text += part.text;
    end = part;
  }
  return { text, end: end ?? expect.fail("a stream without an end") };
}

const ask = (ai: Ai) => readAll(ai.stream({ task, input: null, ...asker }));
const counters = () =>
  rowsOf<{ day: string; used: number; held: number }>(
    db.owner,
    sql`SELECT first_day::text AS day, used::float8 AS used, held::float8 AS held FROM ai_counters ORDER BY first_day`,
  );

/** Words that have begun to come, and wait. */
async function begin(ai: Ai) {
  const goOn = Promise.withResolvers<void>();
  const events = dialect.events(["All is well with the house, ", "and the garden."], "end", {
    input: 10,
    output: 12,
  });
  model.replies(pauses(events, 2, goOn.promise));
  const parts = ai.stream({ task, input: null, ...asker })[Symbol.asyncIterator]();
  const first = await parts.next();
  expect(first.value).toMatchObject({ kind: "begin", by: "model" });
  return {
    finish() {
      goOn.resolve();
      return readAll({ [Symbol.asyncIterator]: () => parts });
    },
  };
}

test("a budget that is hit while words come lets them come to their end, lets nobody else in, and counts them once", async () => {
  const ai = await open({ measure: "money", most: mostOfOne * 1.5 });
  const words = await begin(ai);
  expect(await counters()).toMatchObject([{ used: 0, held: mostOfOne }]);
  const refused = await ask(ai);
  expect(refused.text).toBe("rules");
  expect(refused.end).toMatchObject({ by: "rules", instead: { code: "limited" } });
  expect(model.asked).toHaveLength(1);
  expect(await words.finish()).toMatchObject({
    text: "All is well with the house, and the garden.",
    end: { by: "model", instead: null },
  });
  // Twelve tokens came of the hundred that were held back: there is room again.
  await expect.poll(counters).toMatchObject([{ used: 12_000, held: 0 }]);
  model.replies(streams(dialect.events(["Again."])));
  expect((await ask(ai)).end).toMatchObject({ by: "model" });
});

test("words that break off where the budget has no room for another model end in the rules', and say which it was", async () => {
  const small = route({ modelId: "small", role: "small" });
  const ai = await open({ measure: "requests", most: 1 }, [route(), small]);
  model.replies(streams(dialect.events(["Dear ", "Mar"]).slice(0, 3), "destroy"));
  const { text, end } = await ask(ai);
  expect(text).toBe("rules");
  expect(end).toMatchObject({ by: "rules", instead: { code: "limited", message: expect.stringContaining("begins anew on 1 December") } }); // prettier-ignore
  expect(model.asked).toHaveLength(1);
  await expect.poll(counters).toMatchObject([{ used: 1, held: 0 }]);
});

test("a month that ends while words come is the one that they count for", async () => {
  nowMs = Date.parse("2026-11-30T23:59:59Z");
  const ai = await open({ measure: "money", most: mostOfOne });
  const words = await begin(ai);
  nowMs = Date.parse("2026-12-01T00:00:01Z");
  expect((await words.finish()).end).toMatchObject({ by: "model" });
  await expect.poll(counters).toEqual([{ day: "2026-11-01", used: 12_000, held: 0 }]);
  model.replies(streams(dialect.events(["December."], "end", { input: 10, output: 100 })));
  expect((await ask(ai)).end).toMatchObject({ by: "model" });
  await expect.poll(counters).toEqual([
    { day: "2026-11-01", used: 12_000, held: 0 },
    { day: "2026-12-01", used: mostOfOne, held: 0 },
  ]);
  expect((await ask(ai)).end).toMatchObject({ by: "rules", instead: { code: "limited" } });
});

test("a provider that lies about a stream is billed no more than is possible: who asks next still has room", async () => {
  const ai = await open({ measure: "money", most: mostOfOne * 2 });
  model.replies(streams(dialect.events(["Well."], "end", { input: 500_000, output: 500_000 })));
  expect(await ask(ai)).toMatchObject({ text: "Well.", end: { by: "model" } });
  // As much as it was allowed is the most that is believed.
  await expect.poll(counters).toMatchObject([{ used: mostOfOne, held: 0 }]);
  model.replies(streams(dialect.events(["Again."])));
  expect((await ask(ai)).end).toMatchObject({ by: "model" });
});
