import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { routeOf, stageGateway } from "../../testing/ai/stage-gateway.ts";
import { fails, sends, startModel, type Answer } from "../../testing/ai/start-model.ts";
import { cardOf, playbookOf } from "../../testing/coaching/talk.ts";
import { withoutLimits } from "../../testing/ai/without-limits.ts";
import { fields } from "../../testing/fakes/blank-fields.ts";
import { startTestServer, type TestServer } from "../../testing/server/start-test-server.ts";
import { createTestDevice } from "../../testing/server/test-device.ts";
import { people, testTenant as tenantId, type PersonName } from "../../testing/server/test-identities.ts";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { coachingPaths, type MeaningAnswer } from "../../shared/coaching/server-wire.ts";
import { CallReport } from "../../shared/entities/insight.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import type { Ai, ModelRoute } from "../ai/index.ts";
import { inTenant, rowsOf } from "../database/index.ts";
import { createOpenAiProvider } from "../providers/openai/index.ts";
import { saveRecords, takeCallEvents } from "../sync/index.ts";
import { createReportMaker, startCoaching } from "./index.ts";

const at = "2026-10-05T09:00:00.000Z";
const later = "2026-10-05T09:01:00.000Z";
const dear = "Maria Keller here, on +1 312 555 0142: this would ruin us";

let server: TestServer;
const routes: ModelRoute[] = [];
const billed: string[] = [];
/** Of each time that meanings were compared, whether whoever asked waits only so long. */
const hurried: boolean[] = [];
let model: Awaited<ReturnType<typeof startModel>>;

beforeAll(async () => {
  const { ai } = stageGateway(routes, {
    reserve: (attempt) => (billed.push(attempt.feature), withoutLimits.reserve(attempt)),
  });
  server = await startTestServer({
    add: (context) =>
      startCoaching({ ...context, ai: watched(ai), reports: createReportMaker({ timers: systemTimers }) }),
  });
  await save("settings", [playbook(1, "live", at), playbook(2, "draft", null)]);
  await save("leads", [{ id: "maria", ...fields.lead({ ownerId: "ana", teamId: "north", name: "Maria Keller" }) }]); // prettier-ignore
  // Too short to be compared: its report asks nobody.
  await endCall("call-1", "Goodbye");
});
beforeEach(() => useModel(meansMoney));
afterEach(async () => {
  billed.length = 0;
  hurried.length = 0;
  await model.close();
});
afterAll(() => server.close());

test("what means the same is told apart from what does not, without a name or a number leaving the server", async () => {
  const answer = await compare("ana", [dear, "Is there parking below the house"]);
  expect(answer).toMatchObject({ status: 200, body: { state: "compared", alike: [[1], [0]] } });
  const asked = inputs();
  expect(asked).toHaveLength(1);
  expect(asked[0]).toEqual(["It costs too much", expect.not.stringMatching(/Maria|555/u), "Is there parking below the house"]); // prettier-ignore
  expect(billed).toEqual(["meaning"]);
});

test("examples, and what was compared before, are not asked about again", async () => {
  await compare("ana", ["The garage is too small for us"]);
  await compare("ana", ["The garage is too small for us"]);
  expect(inputs().flat()).toEqual(["The garage is too small for us"]);
  const [day, night] = ["By day I am on +1 312 555 0177", "By night I am on +1 312 555 0188"];
  await compare("ana", [day, night]);
  await compare("ana", [night, day]);
  expect(inputs()).toHaveLength(2);
});

test("without a model nothing is compared, and it says so; the same where one fails", async () => {
  routes.length = 0;
  expect((await compare("ana", [dear])).body).toEqual({ state: "no-model", alike: [] });
  await useModel(fails(500));
  expect((await compare("ana", ["Something that was not said before"])).body).toEqual({ state: "unanswered", alike: [] }); // prettier-ignore
});

test("is for whoever sees the call, by playbooks that desks have, and so much at once", async () => {
  expect((await compare("ben", [dear])).status).toBe(404);
  expect((await compare("ana", [dear], { callId: "none" })).status).toBe(404);
  expect((await compare("ana", [dear], { playbookId: "playbook:sales:2" })).status).toBe(404);
  expect(
    (
      await compare(
        "ana",
        Array.from({ length: 17 }, () => "too much"),
      )
    ).status,
  ).toBe(400);
  expect(inputs()).toEqual([]);
});

test("the report follows what was meant; where nobody answers it comes without, and again when somebody does", async () => {
  await useModel(fails(500));
  await endCall("call-2", "So much money we will never have again");
  await expect.poll(() => cardsOf("call-2")).toEqual([]);
  await useModel(meansMoney);
  await expect.poll(() => cardsOf("call-2")).toEqual([["price", "So much money we will never have again"]]);
  expect([hurried[0], hurried.at(-1)]).toEqual([true, false]);
});

function watched(ai: Ai): Ai {
  return { ...ai, embed: (request) => (hurried.push(request.signal !== undefined), ai.embed(request)) };
}

/** Vectors of two numbers: about money, and about anything else. */
const meansMoney: Answer = (response, asked) => {
  const { input } = asked.body as unknown as { input: string[] };
  const data = input.map((text, index) => ({ index, embedding: /ruin|costs|money/u.test(text) ? [2, 0] : [0, 3] })); // prettier-ignore
  sends(200, { object: "list", data, usage: { prompt_tokens: 7 } })(response, asked);
};

async function useModel(...answers: Answer[]): Promise<void> {
  await model?.close();
  model = await startModel(...answers);
  const provider = createOpenAiProvider({ kind: "compatible", ...model.access, apiVersion: null });
  routes.splice(0, routes.length, routeOf(provider, { role: "embedding" }));
}

function inputs(): string[][] {
  return model.asked.map(({ body }) => (body as unknown as { input: string[] }).input);
}

function compare(who: PersonName, said: string[], own: object = {}) {
  const body = { callId: "call-1", playbookId: "playbook:sales:1", said, ...own };
  return createTestDevice(server, people[who]).post<MeaningAnswer>(coachingPaths.meaning, body);
}

function playbook(version: number, state: string, publishedAt: string | null) {
  const means = { kind: "meaning" as const, side: "customer" as const, examples: ["It costs too much"], likeness: 0.6, fromMs: null, untilMs: null }; // prettier-ignore
  return {
    ...{ id: `playbook:sales:${version}`, kind: "playbook", order: 0, key: "sales", version, state },
    ...{ publishedAt, publishedById: null, archived: false },
    ...playbookOf({ cards: [cardOf("price", [means])] }),
  };
}

function save(collection: Parameters<typeof saveRecords>[2], records: { id: string }[]) {
  return inTenant(server.db, { tenantId }, (tx) => saveRecords(tx, tenantId, collection, records, { now: at })); // prettier-ignore
}

/** A call of Ana's with Maria that is over. */
async function endCall(callId: string, text: string): Promise<void> {
  const about = { callId, leadId: "maria", agentId: "ana", teamId: "north" };
  const words = { speaker: "customer", startMs: 1_000, endMs: 4_000, text, timing: [] };
  await save("segments", [{ id: `${callId}:1`, ...about, ...words }]);
  const head = { source: `carrier:${callId}`, at };
  const events = [
    { ...head, key: "0", seq: 0, type: "requested", from: "+13125550100", to: "+13125550147", provider: "twilio", agentId: "ana", leadId: "maria" }, // prettier-ignore
    { ...head, key: "1", seq: 1, type: "answered", agentId: "ana" },
    { ...head, key: "2", seq: 2, at: later, type: "ended", why: "completed" },
  ].map((event) => CallEvent.parse(event));
  await inTenant(server.db, { tenantId }, (tx) =>
    takeCallEvents(tx, tenantId, new Map([[callId, events]]), { now: later }),
  );
}

async function cardsOf(callId: string): Promise<(readonly [string, string])[] | null> {
  const [row] = await inTenant(server.db, { tenantId }, (tx) =>
    rowsOf<{ doc: unknown }>(tx, sql`SELECT doc FROM insights WHERE id = ${`report:${callId}`}`),
  );
  return row ? CallReport.parse(row.doc).cards.map(({ key, phrase }) => [key, phrase] as const) : null;
}
