import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemTimers } from "../../../shared/result/ports.ts";
import { somePng } from "../../../testing/ai/some-png.ts";
import { openAiLike } from "../../../testing/ai/stand-ins/openai-like.ts";
import {
  breaksOff,
  hangs,
  sends,
  startModelServer,
  type ModelServer,
  type Reply,
} from "../../../testing/ai/stand-ins/model-server.ts";
import { routeOf, stageGateway, type StagedGateway } from "../../../testing/ai/stage-gateway.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";
import { inSystem, rowsOf, schema, type Database } from "../../database/index.ts";
import { createOpenAiProvider } from "../../providers/openai/index.ts";
import type { AiPictureTask, ModelRoute } from "../index.ts";
import { createLedger } from "../ledger/index.ts";
import { nobodyKnown } from "../safety/hide-personal-data.ts";

// A gateway with its real ledger, of which pictures are asked.

const dialect = openAiLike("compatible");
const task: AiPictureTask<{ words: string }> = {
  // Any prompt that there is: what it says is not what is tested.
  ...{ name: "coaching.card", promptVersion: 1, feature: "picture", priority: "waiting" },
  ...{ personalData: "hidden", timeoutMs: 30_000 },
  dataOf: ({ words }) => ({ words }),
  byRules: () => "<svg/>",
};
const input = { words: "A terrace. Ring Maria at +1 312 555 0142." };
const asker = { tenantId: "north", userId: "ana" };
/** Four cents, in millionths and in billionths of a dollar. */
const price = 40_000;
const cost = 40_000_000;

let db: Database;
let model: ModelServer;
let second: ModelServer;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
});
beforeEach(async () => {
  [model, second] = [await startModelServer(), await startModelServer()];
  second.replies(draws(somePng));
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await model.close();
  await second.close();
  await db.transaction((tx) => tx.execute(sql`TRUNCATE ai_limits, ai_counters, ai_requests CASCADE`));
});
afterAll(() => db.close());

type NewLimit = Partial<typeof schema.aiLimits.$inferInsert> & { most: number };

async function open(routes: readonly ModelRoute[], limit?: NewLimit): Promise<StagedGateway> {
  const row = {
    tenantId: "north",
    id: "limit",
    per: "organisation",
    period: "month",
    measure: "money",
  } as const;
  if (limit) await inSystem(db, (tx) => tx.insert(schema.aiLimits).values({ ...row, ...limit }));
  const log = { warn: (facts: object, text: string) => expect.fail(`${text} ${JSON.stringify(facts)}`) };
  const ledger = await createLedger({ db, clock: { now: Date.now }, timers: systemTimers, log });
  stops.push(ledger.flush, ledger.stop);
  return stageGateway(routes, ledger);
}

function painter(of: ModelServer, own: Partial<ModelRoute> = {}): ModelRoute {
  const provider = createOpenAiProvider(dialect.access(of.url));
  return routeOf(provider, { role: "picture", price: { input: 0, output: 0, picture: price }, ...own });
}
const both = () => [painter(model), painter(second, { modelId: "model-2", account: "account-2" })];

function draws(bytes: Buffer, usage?: object): Reply {
  return sends(200, { created: 1, data: [{ b64_json: bytes.toString("base64") }], usage });
}

const lines = () =>
  rowsOf<{ model: string; outcome: string; pictures: number; cost: number }>(
    db.owner,
    sql`SELECT model_id AS model, outcome, pictures, cost::float8 AS cost FROM ai_requests
        WHERE source = 'model' ORDER BY asked_at, id`,
  );
const settled = async (count: number) => {
  await expect.poll(async () => (await lines()).filter(({ outcome }) => outcome !== null).length).toBe(count);
  return lines();
};
const drawIn = ({ ai }: StagedGateway, own: Partial<typeof task> = {}) =>
  ai.draw({ task: { ...task, ...own }, input, ...asker });
const svg = { bytes: new TextEncoder().encode("<svg/>"), mimeType: "image/svg+xml" };

test("without a model that draws the task's own rules do, and nothing went wrong", async () => {
  const gateway = await open([painter(model, { role: "large" })], { most: 0 });
  expect(await drawIn(gateway)).toMatchObject({ picture: svg, by: "rules", model: "", instead: null });
  expect(model.asked).toEqual([]);
});

test("a model draws: it is told no name and no number, and is billed by the picture", async () => {
  model.replies(draws(somePng));
  const gateway = await open([painter(model, { systemMessage: "In blue." })], { most: cost });
  const drawn = await drawIn(gateway, { knownIn: () => ({ ...nobodyKnown, people: ["Maria"] }) });
  expect(drawn).toMatchObject({ by: "model", model: "model-1", instead: null });
  expect(drawn.picture.mimeType).toBe("image/png");
  expect(Buffer.from(drawn.picture.bytes).equals(somePng)).toBe(true);
  const [asked] = model.asked;
  const { prompt } = (asked?.body ?? {}) as { prompt: string };
  expect(prompt).toMatch(
    /^In blue\.\n\n[^]*\n\n\{"data":\{"words":"A terrace\. Ring \[\[NAME_1\]\] at \[\[NUMBER_2\]\]\."\}\}$/u,
  );
  expect(await settled(1)).toEqual([{ model: "model-1", outcome: "answered", pictures: 1, cost }]);
  const [line] = await rowsOf(
    db.owner,
    sql`SELECT id, feature, task, prompt_version AS version, hidden, picture_price::float8 AS price FROM ai_requests`,
  );
  expect(line).toEqual({ id: drawn.requestId, feature: "picture", task: "coaching.card", version: 1, hidden: 2, price }); // prettier-ignore
  expect(gateway.logged()).not.toContain("terrace");
});

test.each(["stop", "downgrade"] as const)(
  "a budget without room for one more keeps it back, also one that lets small models go on (%s)",
  async (action) => {
    model.replies(draws(somePng));
    const gateway = await open([painter(model)], { most: cost * 2 - 1, action });
    expect(await drawIn(gateway)).toMatchObject({ by: "model" });
    const refused = await drawIn(gateway);
    expect(refused).toMatchObject({ picture: svg, by: "rules", instead: { code: "limited" } });
    expect(Date.parse(refused.instead?.until ?? "")).toBeGreaterThan(Date.now());
    expect(model.asked).toHaveLength(1);
  },
);

test("what a model says of its tokens stands beside the picture, within what is possible; it is billed by the picture", async () => {
  const lastLine = async () =>
    (await rowsOf(db.owner, sql`SELECT input_tokens AS input, output_tokens AS output, pictures, cost::float8 AS cost, doubted FROM ai_requests ORDER BY asked_at DESC, id DESC LIMIT 1`))[0]; // prettier-ignore
  const gateway = await open([painter(model)]);
  for (const [told, used] of [
    [undefined, { output: 0, doubted: false }],
    [
      { input_tokens: 50, output_tokens: 4_160 },
      { input: 50, output: 4_160, doubted: false },
    ],
    [
      { input_tokens: 50, output_tokens: 1e9 },
      { output: 6_240, doubted: true },
    ],
  ] as const) {
    model.replies(draws(somePng, told));
    await drawIn(gateway);
    await expect.poll(lastLine).toMatchObject({ ...used, pictures: 1, cost });
  }
});

test("a model that fails is followed by the next, and only what was drawn is paid for", async () => {
  model.replies(sends(503, { error: { message: "secret words" } }));
  const gateway = await open(both());
  expect(await drawIn(gateway)).toMatchObject({ by: "model", model: "model-2" });
  expect(await settled(2)).toEqual([
    { model: "model-1", outcome: "failed", pictures: 0, cost: 0 },
    { model: "model-2", outcome: "answered", pictures: 1, cost },
  ]);
});

test("what a model refuses to draw no other is asked for, a reason is given, and no picture billed", async () => {
  model.replies(sends(400, { error: { message: "no", code: "moderation_blocked" } }));
  const gateway = await open(both());
  expect(await drawIn(gateway)).toMatchObject({ picture: svg, by: "rules", instead: { code: "refused" } });
  expect(second.asked).toEqual([]);
  expect(await settled(1)).toEqual([{ model: "model-1", outcome: "refused", pictures: 0, cost: 0 }]);
});

test.each<[string, Reply, string]>([
  ["that broke off", draws(somePng.subarray(0, -4)), "invalid"],
  ["larger than is kept", draws(Buffer.concat([somePng.subarray(0, 8), Buffer.alloc(9 * 2 ** 20), somePng.subarray(-12)])), "invalid"], // prettier-ignore
  ["that is a page", draws(Buffer.from("<svg onload='x()'/>")), "unreadable"],
  ["whose answer broke off", breaksOff(JSON.stringify({ data: [{ b64_json: somePng.toString("base64") }] })), "cut-off"], // prettier-ignore
])("a picture %s is shown to nobody; it is billed, and the next model asked", async (_, reply, outcome) => {
  model.replies(reply);
  const gateway = await open(both());
  expect(await drawIn(gateway)).toMatchObject({ by: "model", model: "model-2" });
  expect(await settled(2)).toMatchObject([{ outcome, pictures: 1, cost }, { outcome: "answered" }]);
});

test("a model that never answers is given up in time, and as nobody knows is billed", async () => {
  model.replies(hangs);
  const gateway = await open([painter(model)]);
  const drawn = await drawIn(gateway, { timeoutMs: 200 });
  expect(drawn).toMatchObject({ picture: svg, by: "rules", instead: { code: "timed-out" } });
  expect(await settled(1)).toMatchObject([{ outcome: "timed-out", pictures: 1, cost }]);
});

test("the same is drawn anew each time: whoever asks again wants another one", async () => {
  model.replies(draws(somePng));
  const gateway = await open([painter(model)]);
  await drawIn(gateway);
  await drawIn(gateway);
  expect(model.asked).toHaveLength(2);
});
