import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { coachingPaths } from "../../shared/coaching/server-wire.ts";
import { CallReport } from "../../shared/entities/insight.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import { ok } from "../../shared/result/result.ts";
import { createBulk } from "../../sync-server/ai/bulk/index.ts";
import { createLedger } from "../../sync-server/ai/ledger/index.ts";
import type { Completed, ModelProvider, ModelRoute } from "../../sync-server/ai/index.ts";
import { createReportMaker, startCoaching } from "../../sync-server/coaching/index.ts";
import { inTenant, rowsOf, schema, type Database } from "../../sync-server/database/index.ts";
import { createOpenAiProvider } from "../../sync-server/providers/openai/index.ts";
import { saveRecords, takeCallEvents, wantReports } from "../../sync-server/sync/index.ts";
import { routeOf, stageGateway } from "../ai/stage-gateway.ts";
import { fails, hangs, refuses, says, startModel, type Answer } from "../ai/start-model.ts";
import { withoutWaiting } from "../ai/without-limits.ts";
import { startTestServer, type TestServer } from "../server/start-test-server.ts";
import { fields } from "../fakes/blank-fields.ts";
import { createTestDevice, edit } from "../server/test-device.ts";
import { people, testTenant as tenantId, type PersonName } from "../server/test-identities.ts";

const startedAt = "2026-10-05T09:00:00.000Z";
const after = (ms: number) => new Date(Date.parse(startedAt) + ms).toISOString();

/** A model's answer to what was said in `talk`. */
const words = () =>
  JSON.stringify({
    summary: "Ana asked about the rent.",
    keyPoints: ["Pays 40,000"],
    actions: [{ text: "Send the plans", dueInDays: 4, atMs: 18_000 }],
    objections: [{ text: "Too expensive", atMs: 7_000, answered: false }, { text: "Made up", atMs: 999_000, answered: true }], // prettier-ignore
    strengths: [{ text: "Asked who decides", atMs: 13_000 }],
    improvements: [{ text: "No date", advice: "Shall we say Friday?", atMs: 999_000 }],
    sentiment: "neutral",
    followUp: "Send the plans by Friday.",
  });

/** What the server does after a call, on one kind of database. */
export function reportSuite(open: () => Promise<Database>): void {
  let server: TestServer;
  const routes: ModelRoute[] = [];
  let calls = 0;
  const models: Awaited<ReturnType<typeof startModel>>[] = [];

  beforeAll(async () => {
    const { ai } = stageGateway(routes);
    server = await startTestServer({
      db: await open(),
      async add(context) {
        const ledger = await createLedger({ ...context, log: context.app.log, timers: systemTimers });
        const bulk = createBulk({
          ...{ ...context, log: context.app.log, ledger, guard: withoutWaiting },
          ...{ timers: systemTimers, random: Math.random, times: { gatherMs: 0, lookEveryMs: 1 } },
          catalogue: { routesOf: async ({ role }) => routes.filter((route) => route.role === role) },
        });
        const reports = createReportMaker({ timers: systemTimers });
        const coaching = startCoaching({ ...context, ai, bulk, reports });
        await bulk.start();
        const parts = [coaching, bulk, ledger];
        return {
          stop: async () => {
            for (const part of parts) await part.stop();
          },
        };
      },
    });
    await run((tx) =>
      saveRecords(tx, tenantId, "settings", [...playbooks(), ...dispositions, ana], { now: startedAt }),
    );
  });
  afterEach(async () => {
    routes.length = 0;
    for (const one of models.splice(0)) await one.close();
  });
  afterAll(() => server.close());

  const run = <T>(work: Parameters<typeof inTenant<T>>[2], of: string = tenantId) => inTenant(server.db, { tenantId: of }, work); // prettier-ignore
  const soon = <T>(read: () => T) => expect.poll(read, { interval: 20 });
  const useModel = async (...answers: Answer[]) => {
    const started = await startModel(...answers);
    models.push(started);
    const provider = createOpenAiProvider({ kind: "compatible", ...started.access, apiVersion: null });
    routes.splice(0, routes.length, routeOf(provider));
    return started;
  };

  /** A call of Ana's that has ended, as far as the server has heard. */
  async function callOf(
    said: readonly (readonly ["agent" | "customer", number, string])[],
    of: string = tenantId,
  ) {
    calls += 1;
    const callId = `call-${calls}`;
    const head = { source: `carrier:CA${calls}`, at: startedAt };
    const events = [
      { ...head, key: "0", seq: 0, type: "requested", from: "+13125550100", to: "+13125550147", provider: "twilio", agentId: "ana", leadId: null }, // prettier-ignore
      { ...head, key: "1", seq: 1, at: startedAt, type: "answered", agentId: "ana" },
      { ...head, key: "2", seq: 2, at: after(60_000), type: "ended", why: "completed" },
    ].map((event) => CallEvent.parse(event));
    await tell(callId, said, of);
    await run((tx) => takeCallEvents(tx, of, new Map([[callId, events]]), { now: after(60_000) }), of);
    return callId;
  }

  function tell(
    callId: string,
    said: readonly (readonly ["agent" | "customer", number, string])[],
    of: string = tenantId,
  ) {
    // prettier-ignore
    const about = { callId, leadId: null, agentId: "ana", teamId: "north" };
    const segments = said.map(([speaker, startMs, text]) => ({ id: `${callId}:${speaker}:${startMs}`, ...about, speaker, startMs, endMs: startMs + text.split(" ").length * 350, text, timing: [] })); // prettier-ignore
    return run((tx) => saveRecords(tx, of, "segments", segments, { now: after(60_000) }), of);
  }

  async function reportOf(callId: string, of: string = tenantId): Promise<CallReport | null> {
    const [row] = await run(
      (tx) => rowsOf<{ doc: unknown }>(tx, sql`SELECT doc FROM insights WHERE id = ${`report:${callId}`}`),
      of,
    );
    return row ? CallReport.parse(row.doc) : null;
  }

  const openJobs = (callId: string) =>
    run((tx) => rowsOf<{ kind: string }>(tx, sql`SELECT kind FROM jobs WHERE key = ${callId} AND kind LIKE 'call.%'`)); // prettier-ignore
  const talk = [
    ["agent", 1_000, "Good morning, this is Ana from Northgate. May I ask what you pay now?"],
    ["customer", 7_000, "We pay forty thousand, and yours is too expensive for us."],
    ["agent", 13_000, "I understand. Who decides this with you?"],
    ["customer", 18_000, "My sister decides. Please send me the plans by Friday."],
  ] as const;

  const cross = [
    ["agent", 1_000, "Good morning, this is Ana from Northgate."],
    ["customer", 7_000, "This is awful, terrible service, and I am furious and angry about it."],
  ] as const;

  test("a call that has ended is reported on: figures, the playbook that was live then, and who may see it", async () => {
    const callId = await callOf(talk);
    await soon(() => reportOf(callId)).not.toBeNull();
    const report = await reportOf(callId);
    expect(report).toMatchObject({
      ...{ callId, agentId: "ana", teamId: "north", playbook: "discovery", playbookVersion: 2 },
      ...{ at: startedAt, wordedBy: "rules", wordsMissing: "" },
      metrics: { durationMs: 60_000 },
    });
    expect(report?.items.map(({ key, atMs }) => [key, atMs !== null])).toEqual([["decider", true], ["budget", false]]); // prettier-ignore
    expect(report?.summary).not.toBe("");
    await soon(() => openJobs(callId)).toEqual([]);
    const seenBy = async (who: PersonName) => {
      const device = createTestDevice(server, people[who]);
      await device.pull("insights");
      return device.of("insights").some(({ id }) => id === `report:${callId}`);
    };
    expect([await seenBy("ana"), await seenBy("max"), await seenBy("ben")]).toEqual([true, true, false]);
  });

  test("what is heard later is reported too; the same again writes nothing", async () => {
    const callId = await callOf(talk);
    await soon(() => reportOf(callId)).not.toBeNull();
    const again = async () => {
      await run((tx) => wantReports(tx, tenantId, [callId], startedAt));
      await soon(() => openJobs(callId)).toEqual([]);
      return reportOf(callId);
    };
    const first = await again();
    expect((await again())?.rev).toBe(first?.rev);
    await tell(callId, [["agent", 30_000, "What is your budget for the year?"]]);
    const later = await again();
    expect(later?.items.find(({ key }) => key === "budget")?.atMs).not.toBeNull();
    expect(later?.rev).toBeGreaterThan(first?.rev ?? 0);
  });

  test("the customer's mood stands on the call as in its report: by the rules, in a model's words, and for who sees its lead", async () => {
    const lead = edit.create("leads", fields.lead({ ownerId: "ben", teamId: "south" }));
    await createTestDevice(server, people.max).push(lead);
    const callId = await callOf(cross);
    await createTestDevice(server, people.max).push(edit.update("calls", callId, 1, { leadId: { from: null, to: lead.id } })); // prettier-ignore
    const markSeenBy = async (who: PersonName) => {
      const device = createTestDevice(server, people[who]);
      await device.pull("calls");
      return device.of("calls").find(({ id }) => id === callId)?.["sentiment"];
    };
    await soon(async () => (await reportOf(callId))?.sentiment).toBe("negative");
    // A feed shows nothing above the oldest transaction that is still open.
    for (const who of ["ana", "ben"] as const) await soon(() => markSeenBy(who)).toBe("negative");
    await soon(() => openJobs(callId)).toEqual([]);

    await useModel(says(words()));
    await tell(callId, [["agent", 40_000, "I am sorry to hear it."]]);
    await run((tx) => wantReports(tx, tenantId, [callId], startedAt));
    await soon(async () => (await reportOf(callId))?.wordedBy).toBe("model");
    expect((await reportOf(callId))?.sentiment).toBe("neutral");
    await soon(() => markSeenBy("ben")).toBe("neutral");
  });

  test("how a call came out is said after its end, and stands in its report", async () => {
    const callId = await callOf(talk);
    await soon(() => reportOf(callId)).not.toBeNull();
    expect((await reportOf(callId))?.summary).not.toContain("Tour booked");
    const update = edit.update("calls", callId, 1, { disposition: { from: "", to: "tour" } });
    const [result] = await createTestDevice(server, people.ana).push(update);
    expect(result?.outcome).toBe("accepted");
    await soon(async () => (await reportOf(callId))?.summary).toContain("Tour booked");
  });

  test("a call that gets its lead afterwards gives it what was said, and the report; no model is asked again", async () => {
    const { asked } = await useModel(says(words()));
    const callId = await callOf(talk);
    await soon(async () => (await reportOf(callId))?.wordedBy).toBe("model");
    const lead = edit.create("leads", fields.lead({ ownerId: "ben", teamId: "south" }));
    const max = createTestDevice(server, people.max);
    const about = { callId, leadId: null, agentId: "ana", teamId: "north", at: "2026-05-20T10:00:00.000Z" };
    const note = edit.create("insights", {
      ...about,
      kind: "comment",
      byId: "max",
      atMs: 1_000,
      text: "Ask first",
    });
    await max.push(note);
    await max.push(lead, edit.update("calls", callId, 1, { leadId: { from: null, to: lead.id } })); // prettier-ignore
    await soon(async () => (await reportOf(callId))?.leadId).toBe(lead.id);
    await max.pull("insights");
    expect(max.of("insights").find(({ id }) => id === note.id)).toMatchObject({
      leadId: lead.id,
      text: "Ask first",
    });
    const ben = createTestDevice(server, people.ben);
    await ben.pull("segments");
    expect(ben.of("segments").filter((said) => said["callId"] === callId)).toHaveLength(talk.length);
    expect(await reportOf(callId)).toMatchObject({ wordedBy: "model", summary: "Ana asked about the rent." });
    await soon(() => openJobs(callId)).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  test("what the agent ticked or unticked by hand stands in the report, also where it comes late", async () => {
    const callId = await callOf(talk);
    await soon(() => reportOf(callId)).not.toBeNull();
    const [heard, skipped] = (await reportOf(callId))?.items.toSorted((a, b) => Number(a.atMs === null) - Number(b.atMs === null)) ?? []; // prettier-ignore
    const { playbook, playbookVersion } = (await reportOf(callId)) as CallReport;
    const about = { callId, leadId: null, agentId: "ana", teamId: "north", at: startedAt, byId: "ana", playbook, playbookVersion }; // prettier-ignore
    const tick = (item = "", done = true) => edit.create("insights", { ...about, kind: "item-tick", item, done, atMs: 4_000 }); // prettier-ignore
    await createTestDevice(server, people.ana).push(tick(heard?.key, false), tick(skipped?.key));
    const timesOf = async () => Object.fromEntries((await reportOf(callId))?.items.map(({ key, atMs }) => [key, atMs]) ?? []); // prettier-ignore
    await soon(timesOf).toEqual({ [heard?.key ?? ""]: null, [skipped?.key ?? ""]: 4_000 });
  });

  test("nothing is written of a call in which nobody was heard", async () => {
    const callId = await callOf([]);
    await soon(() => openJobs(callId)).toEqual([]);
    expect(await reportOf(callId)).toBeNull();
  });

  test("another tenant's call of the same id is another call", async () => {
    await run((tx) => tx.execute(sql`SELECT 1`), "tenant-2");
    const callId = await callOf(talk);
    await soon(() => reportOf(callId)).not.toBeNull();
    expect(await reportOf(callId, "tenant-2")).toBeNull();
  });

  describe("a model's words", () => {
    test("take the place of the rules' ones, tied to moments of the call; what was said is data and in no log", async () => {
      const { asked } = await useModel(says(words()));
      const callId = await callOf(talk);
      await soon(async () => (await reportOf(callId))?.wordedBy).toBe("model");
      const report = await reportOf(callId);
      expect(report).toMatchObject({ summary: "Ana asked about the rent.", wordsMissing: "", items: [{}, {}] }); // prettier-ignore
      expect(report?.objections.map(({ text }) => text)).toEqual(["Too expensive"]);
      expect(report?.improvements.map(({ atMs }) => atMs)).toEqual([null]);
      expect(report?.actions[0]?.key).toMatch(/^[\da-f]{12}$/u);
      const [system, user] = asked[0]?.body.messages ?? [];
      expect(system?.content).not.toContain("forty thousand");
      expect(user?.content).toContain("this is [[NAME_");
      expect(user?.content).not.toContain("Ana");
      expect(JSON.parse(user?.content ?? "")).toMatchObject({ data: { transcript: [{ who: "agent", atMs: 1_000 }, {}, {}, {}] } }); // prettier-ignore
      await tell(callId, [["agent", 30_000, "What is your budget for the year?"]]);
      await run((tx) => wantReports(tx, tenantId, [callId], startedAt));
      await soon(() => asked.length).toBe(2);
    });

    test.each<[string, Answer[], string]>([
      ["refuses", [refuses()], "declined"],
      ["gives nonsense twice", [says("{}"), says("[]")], "no answer of the form"],
    ])("one that %s leaves the rules' part alone, and the report says so", async (_name, answers, why) => {
      await useModel(...answers);
      const callId = await callOf(talk);
      await soon(async () => (await reportOf(callId))?.wordsMissing).toContain(why);
      expect(await reportOf(callId)).toMatchObject({ wordedBy: "rules", playbook: "discovery" });
      await soon(() => openJobs(callId)).toEqual([]);
    });

    test("one that fails is asked again, and its words come when it can", async () => {
      await useModel(fails(500), says(words()));
      const callId = await callOf(talk);
      await soon(async () => (await reportOf(callId))?.wordsMissing).toContain("500");
      await soon(async () => (await reportOf(callId))?.wordedBy).toBe("model");
      expect((await reportOf(callId))?.wordsMissing).toBe("");
    });
  });

  test("words of a call that was brought in come with those of others, asked at once", async () => {
    const { asked } = await useModel(says(words()));
    const [route = expect.fail("there is a model")] = routes;
    const sent: string[][] = [];
    let given: Completed = { text: words(), usage: null, stoppedBy: "end" };
    const batches: ModelProvider["batches"] = {
      submit: async (_mark, questions) => ok(String(sent.push(questions.map(({ key }) => key)) - 1)),
      async read(name) {
        const answers = new Map((sent[Number(name)] ?? []).map((key) => [key, ok(given)]));
        return ok({ state: "done", answers });
      },
      find: async () => ok({ state: "none" }),
      cancel: async () => ok(null),
    };
    routes.splice(0, 1, { ...route, provider: { ...route.provider, batches } });
    const bringIn = async () => {
      const recording = {
        tenantId,
        importId: "import-1",
        contentHash: `${calls}`,
        callId: `call-${calls + 1}`,
      };
      await run((tx) => tx.insert(schema.importedRecordings).values(recording));
      const callId = await callOf(talk);
      await soon(async () => (await reportOf(callId))?.summary).toBe("Ana asked about the rent.");
      await soon(() => openJobs(callId)).toEqual([]);
    };
    await bringIn();
    expect([sent.map((keys) => keys.length), asked]).toEqual([[1], []]);
    // What broke off there is asked for once more, by itself and with more room.
    given = { ...given, text: words().slice(0, 9), stoppedBy: "length" };
    await bringIn();
    expect(asked.map(({ body }) => body)).toMatchObject([{ max_tokens: 4_000 }]);
  });

  describe("words for a card", () => {
    const card = (callId: string, own: Record<string, unknown> = {}) => ({
      ...{ callId, title: "Price", lines: ["Compare all in", "Ask what they pay"] },
      heard: [{ speaker: "customer", text: "that is too expensive" }],
      ...own,
    });
    const ask = (who: PersonName, body: unknown) =>
      createTestDevice(server, people[who]).post<Record<string, unknown>>(coachingPaths.card, body);

    test("come from a model that is quick enough; otherwise the card keeps its own", async () => {
      const callId = await callOf(talk);
      const own = ["Compare all in", "Ask what they pay"];
      expect(await ask("ana", card(callId))).toMatchObject({ status: 200, body: { lines: own, wordedBy: "playbook", why: "" } }); // prettier-ignore
      const { asked } = await useModel(says('{"lines":["All in, not bare rent","What do you pay today?"]}'));
      const heard = [{ speaker: "customer", text: "Ana, that is too expensive" }];
      expect((await ask("ana", card(callId, { heard }))).body).toMatchObject({ lines: ["All in, not bare rent", "What do you pay today?"], wordedBy: "model" }); // prettier-ignore
      const told = asked.map(({ body }) => body.messages?.[1]?.content);
      expect(told).toContainEqual(expect.stringContaining("]], that is too expensive"));
      await useModel(says(`{"lines":["${"long ".repeat(40)}"]}`));
      expect((await ask("ana", card(callId))).body).toMatchObject({ lines: own, wordedBy: "playbook" });
      await useModel(hangs);
      expect((await ask("ana", card(callId))).body).toMatchObject({ lines: own, why: expect.stringContaining("in time") }); // prettier-ignore
    });

    test("are for whoever sees the call, in the form that is asked for", async () => {
      const callId = await callOf(talk);
      expect((await ask("ben", card(callId))).status).toBe(404);
      expect((await ask("ana", card("none"))).status).toBe(404);
      expect((await ask("ana", card(callId, { lines: [] }))).status).toBe(400);
      expect((await ask("ana", card(callId, { title: "a\u0000" }))).status).toBe(400);
      const device = createTestDevice(server, people.ana);
      const asked = await Promise.all(Array.from({ length: 31 }, () => device.post(coachingPaths.card, card("none")))); // prettier-ignore
      expect(asked.filter(({ status }) => status === 429)).toHaveLength(1);
      const stranger = await fetch(server.url + coachingPaths.card, { method: "POST" });
      expect(stranger.status).toBe(401);
    });
  });
}

const ana = { id: "person:ana", kind: "person", order: 0, userId: "ana", name: "Ana Ruiz", email: "", role: "agent", teamIds: ["north"], active: true }; // prettier-ignore
const dispositions = [
  { id: "disposition:tour", kind: "disposition", order: 0, key: "tour", label: "Tour booked", followUp: false, archived: false }, // prettier-ignore
];

/** Two versions that were out when the calls began, one that came later, and a draft. */
function playbooks() {
  const item = (key: string, ...phrases: string[]) => ({ key, label: key, hint: "", triggers: [{ kind: "phrases", side: "agent", phrases, apart: 2, notNear: [], fromMs: null, untilMs: null }] }); // prettier-ignore
  const versions = [
    { version: 1, state: "retired", publishedAt: "2026-01-01T00:00:00.000Z" },
    { version: 2, state: "retired", publishedAt: "2026-06-01T00:00:00.000Z" },
    { version: 3, state: "live", publishedAt: "2026-12-01T00:00:00.000Z" },
    { version: 4, state: "draft", publishedAt: null },
  ];
  return versions.map((one) => ({
    ...{ id: `playbook:discovery:${one.version}`, kind: "playbook", order: 0, key: "discovery", ...one },
    ...{ publishedById: null, label: "Discovery", archived: false, cards: [] },
    appliesTo: { directions: [], queues: [], callLists: [], teamIds: [] },
    items: [item("decider", "who decides"), item("budget", "your budget")],
    alarms: { monologueMs: null, paceWpm: null, deadAirMs: null },
  }));
}
