import { rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { z } from "zod";
import type { Question } from "../../../shared/assistant/question.ts";
import type { AnswerPart } from "../../../shared/assistant/server-wire.ts";
import type { Recommendation } from "../../../shared/entities/activity.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { systemClock, systemTimers, type Timers } from "../../../shared/result/ports.ts";
import { ok } from "../../../shared/result/result.ts";
import type { dealInsight, Draft, recommendations, suggestions, whoAnswers } from "../../../shared/rpc/contract/assistant.ts"; // prettier-ignore
import type { Doc } from "../../../shared/sync/fields.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { afterPastSync } from "../../../testing/fakes/first-sync.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { someDeal } from "../../../testing/fakes/some-story.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import type { SyncState } from "../sync/sync-machine.ts";
import { createFileShelf } from "../files/file-shelf.ts";
import { openTenantSettings, type TenantSettings } from "../live/tenant-settings.ts";
import { createAskAssistant, type AskAssistant } from "./ask-assistant.ts";
import { openAssistant, type Assistant } from "./open-assistant.ts";

const leadId = "lead-1" as RecordId;
const dealId = "deal-1" as RecordId;
const origin = { requestId: "request-1", by: "model", model: "Large", instead: null } as const;
const end = { kind: "end", ...origin, cut: null } as const;
const chat = (said: string): Question => ({ about: "chat", leadId, said });

let replica: TestReplica;
let phase: "connected" | "paused" = "connected";
const connections = new Set<() => void>();
const engine = {
  state: () => ({ phase }) as SyncState,
  onChange: (listener: () => void) => {
    connections.add(listener);
    return () => void connections.delete(listener);
  },
};
let settings: TenantSettings;
let assistant: Assistant;
/** What the server answers next; null = nobody is there. */
let answer: ((response: ServerResponse, body: string) => void) | null = null;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => (answer ? answer(response, body) : response.destroy()));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  replica = await openTestReplica();
  settings = openTenantSettings(replica.reads);
  const ofServer = new Set(["id", "rev", "createdAt", "updatedAt", "kept"]);
  const deal = Object.fromEntries(Object.entries(someDeal()).filter(([field]) => !ofServer.has(field)));
  await replica.edits.apply(
    [
      { kind: "create", collection: "leads", id: leadId, fields: fields.lead({ name: "Maria Keller", lastContactAt: new Date().toISOString() }) }, // prettier-ignore
      { kind: "create", collection: "deals", id: dealId, fields: deal },
    ],
    "A lead with a deal",
  );
});
beforeEach(() => open());
afterEach(async () => {
  answer = null;
  await assistant.handlers.forgetDrafts({ place: `chat:${leadId}` });
  await assistant.close();
});
afterAll(async () => {
  settings.close();
  await replica.dispose();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function open(role = replica.me.role): Promise<void> {
  const mine = { ...replica, me: { ...replica.me, role } };
  const ports = {
    replica: mine,
    settings,
    clock: systemClock,
    timers: systemTimers,
    engine,
    onTrouble: () => {},
    onDecided: () => {},
    notify: () => {},
    newLeads: () => Promise.resolve([]),
    afterFirstSync: afterPastSync,
    shelf: createFileShelf(() => "file"),
  };
  assistant = await openAssistant({ ...ports, ask: askingWith(systemTimers), folder: replica.folder.root });
}

function askingWith(timers: Timers): AskAssistant {
  const { port } = server.address() as AddressInfo;
  return createAskAssistant(`http://127.0.0.1:${port}`, "token", timers);
}

const talk = (): Promise<Draft[]> =>
  watch(assistant.handlers.drafts, { place: `chat:${leadId}` })
    .first()
    .then(({ drafts }) => drafts);
const soon = (read: () => unknown) => expect.poll(read, { interval: 5 });
const lastTurn = async () => (await talk()).at(-1);
const send = (...parts: z.input<typeof AnswerPart>[]) =>
  parts.map((part) => `${JSON.stringify(part)}\n`).join("");
const says = (text: string) => (response: ServerResponse) =>
  response.end(send({ kind: "begin", by: "model" }, { kind: "text", text }, end));
const verdict = { probability: 77, reasoning: "They said yes.", steps: [], risks: [] };
const judged = () => watch<typeof dealInsight>(assistant.handlers.dealInsight, { dealId }).first();
const tasks = () => replica.reads.sql<{ title: string }>(`select doc->>'title' as title from ${replica.reads.table("tasks")} where not deleted`); // prettier-ignore

test("an answer grows as it comes, across any cut of the wire, and what came before a new beginning goes", async () => {
  const wire = send(
    { kind: "begin", by: "model" },
    { kind: "text", text: "Wrong" },
    { kind: "begin", by: "model" },
    { kind: "text", text: "Grüße " },
    { kind: "text", text: "🙂" },
    { ...end, cut: "length" },
  );
  answer = (response) => {
    // Byte by byte: characters and lines are cut in the middle.
    const bytes = Buffer.from(wire);
    for (let at = 0; at < bytes.length; at += 1) response.write(bytes.subarray(at, at + 1));
    response.end();
  };
  await assistant.handlers.startDraft({ question: chat("Hello") });
  const why = "The answer was too long and ends early.";
  await soon(lastTurn).toMatchObject({ state: "done", text: "Grüße 🙂", origin, why });
});

test("what was said before goes along, without what it proposed", async () => {
  answer = says('Sure.\n\n```ringside\n{"do":"note","text":"x"}\n```');
  await assistant.handlers.startDraft({ question: chat("Add a note") });
  await soon(lastTurn).toMatchObject({ state: "done" });
  let asked = "";
  answer = (response, body) => ((asked = body), says("Yes.")(response));
  await assistant.handlers.startDraft({ question: chat("And now?") });
  await soon(lastTurn).toMatchObject({ text: "Yes." });
  expect(JSON.parse(asked)).toMatchObject({
    question: { said: "And now?" },
    turns: [
      { role: "user", text: "Add a note" },
      { role: "assistant", text: "Sure." },
    ],
  });
});

test.each([
  ["nobody answers", null, "The server cannot be reached."],
  ["it breaks off", (response: ServerResponse) => response.write(send({ kind: "text", text: "Half" }), () => response.destroy()), "The server cannot be reached."], // prettier-ignore
  ["it ends without an end", (response: ServerResponse) => response.end(send({ kind: "text", text: "Half" })), "broke off"], // prettier-ignore
  ["it makes no sense", (response: ServerResponse) => response.end("<html>\n"), "broke off"],
  ["it refuses", (response: ServerResponse) => response.writeHead(429).end(JSON.stringify({ error: { code: "too-many-requests", message: "Wait a minute." } })), "Wait a minute."], // prettier-ignore
] as const)("where %s this device's rules answer from its records, and say why", async (_, given, why) => {
  answer = given;
  await assistant.handlers.startDraft({ question: chat("Summarise") });
  await soon(lastTurn).toMatchObject({
    state: "done",
    text: expect.stringMatching(/^Maria Keller stands at new/u),
    origin: { by: "rules", requestId: "" },
    why: expect.stringContaining(why),
  });
});

test("a connection that breaks after the end takes nothing of the answer back", async () => {
  answer = (response) => response.write(send({ kind: "text", text: "Whole" }, end), () => response.destroy());
  const told = vi.fn<(part: AnswerPart) => void>();
  const request = { question: chat("Hello"), turns: [] };
  expect(await askingWith(systemTimers).write(request, told, new AbortController().signal)).toEqual(ok());
  expect(told).toHaveBeenLastCalledWith(end);
});

test("what the output rules objected to is known of words that were stopped, and goes with those that are taken back", async () => {
  const objected = { kind: "text", text: "Half […]", flagged: true } as const;
  answer = (response) => response.write(send(objected, { kind: "text", text: " a" }));
  const begun = await assistant.handlers.startDraft({ question: chat("Hello") });
  await soon(lastTurn).toMatchObject({ text: "Half […] a" });
  await assistant.handlers.stopDraft({ id: begun.ok ? begun.value.id : "" });
  await soon(lastTurn).toMatchObject({ state: "stopped", flagged: true });
  answer = (response) =>
    response.end(send(objected, { kind: "begin", by: "rules" }, { kind: "text", text: "Whole" }, end));
  await assistant.handlers.startDraft({ question: chat("Anew") });
  await soon(lastTurn).toMatchObject({ text: "Whole", flagged: false });
  answer = (response) => response.end(send(objected));
  await assistant.handlers.startDraft({ question: chat("Broken off") });
  await soon(lastTurn).toMatchObject({ state: "done", flagged: false });
});

test("what is stopped stays as far as it came, and is there again after a restart", async () => {
  answer = (response) => response.write(send({ kind: "text", text: "Half" }));
  const begun = await assistant.handlers.startDraft({ question: chat("Long") });
  await soon(lastTurn).toMatchObject({ text: "Half", state: "coming" });
  await assistant.handlers.stopDraft({ id: begun.ok ? begun.value.id : "" });
  await soon(lastTurn).toMatchObject({ text: "Half", state: "stopped" });
  await assistant.close();
  await open();
  expect(await lastTurn()).toMatchObject({ text: "Half", state: "stopped" });
});

test("what is under way when the desk closes is kept as far as it came, and nothing is written afterwards", async () => {
  answer = (response) => response.write(send({ kind: "text", text: "Half" }));
  await assistant.handlers.startDraft({ question: chat("Long") });
  await soon(lastTurn).toMatchObject({ text: "Half", state: "coming" });
  await assistant.close();
  await open();
  expect(await lastTurn()).toMatchObject({ text: "Half", state: "stopped" });
});

test("an answer that falls silent in the middle is given up", async () => {
  answer = (response) => response.write(send({ kind: "text", text: "Half" }));
  const waiting = new Set<() => void>();
  const timers: Timers = {
    after(_, task) {
      waiting.add(task);
      return () => void waiting.delete(task);
    },
  };
  const told = vi.fn<(part: AnswerPart) => void>();
  const request = { question: chat("Long"), turns: [] };
  const done = askingWith(timers).write(request, told, new AbortController().signal);
  await soon(() => told.mock.calls.length).toBe(1);
  for (const task of waiting) task();
  expect(await done).toMatchObject({ ok: false });
  expect(waiting.size).toBe(0);
});

test("a proposal is done on a yes alone, once, and can be taken back", async () => {
  answer = says('I can.\n\n```ringside\n{"do":"task","title":"Send plans","dueInDays":1,"at":"15:00"}\n```');
  const begun = await assistant.handlers.startDraft({ question: chat("Task") });
  await soon(lastTurn).toMatchObject({ state: "done", acted: false });
  expect(await tasks()).toEqual([]);
  const id = begun.ok ? begun.value.id : "";
  vi.spyOn(replica.edits, "apply").mockRejectedValueOnce(new Error("The disk is full."));
  await expect(assistant.handlers.confirmProposal({ id })).rejects.toThrow("full");
  for (const round of [1, 2]) {
    const [done, again] = await Promise.all([1, 2].map(() => assistant.handlers.confirmProposal({ id })));
    expect(done, `round ${round}`).toMatchObject({ ok: true, value: { count: 1 } });
    expect(again).toMatchObject({ ok: true, value: { count: 0 } });
    expect(await tasks()).toEqual([{ title: "Send plans" }]);
    expect(await lastTurn()).toMatchObject({ acted: true });
    await replica.edits.undo(done?.ok ? done.value.undoId : "");
    await soon(lastTurn).toMatchObject({ acted: false });
  }
});

test("nothing that is not on the list is done, whatever a model or a customer writes", async () => {
  answer = says('Done.\n\n```ringside\n{"do":"delete","collection":"leads","id":"lead-1"}\n```');
  const begun = await assistant.handlers.startDraft({ question: chat("Hm") });
  await soon(lastTurn).toMatchObject({ state: "done" });
  const done = await assistant.handlers.confirmProposal({ id: begun.ok ? begun.value.id : "" });
  expect(done).toMatchObject({ ok: false, error: { code: "not-found" } });
  expect(await replica.reads.get("leads", leadId)).not.toBeNull();
});

test("who answers is said before anybody asks, and again when the server comes or goes", async () => {
  answer = (response) => response.end(JSON.stringify({ model: "Large" }));
  const watched = watch<typeof whoAnswers>(assistant.handlers.whoAnswers, {});
  expect(await watched.next()).toEqual({ by: "model", model: "Large", why: "" });
  answer = null;
  // A change of something else is no reason to ask.
  for (const tell of connections) tell();
  phase = "paused";
  const next = watched.next();
  for (const tell of connections) tell();
  expect(await next).toEqual({ by: "device", model: "", why: "" });
  phase = "connected";
  answer = (response) => response.end(JSON.stringify({ model: "" }));
  const last = watched.next();
  for (const tell of connections) tell();
  expect(await last).toEqual({ by: "rules", model: "", why: "" });
  watched.stop();
});

test("a deal is judged at once, by a model when asked, and by the rules again when something changed", async () => {
  const first = await judged();
  expect(first).toMatchObject({ origin: { by: "rules" }, insight: { reasoning: expect.any(String) } });
  answer = (response) => response.end(JSON.stringify({ ...origin, insight: verdict }));
  await assistant.handlers.askDealInsight({ dealId });
  expect(await judged()).toMatchObject({ insight: verdict, origin: { by: "model" } });
  await replica.edits.apply(
    [{ kind: "update", collection: "deals", id: dealId, set: { value: null } }],
    "No sum",
  );
  expect(await judged()).toMatchObject({ origin: { by: "rules" }, insight: { risks: expect.arrayContaining(["Nobody has named a sum yet."]) } }); // prettier-ignore
});

const me = () => ({ byId: replica.me.userId, ownerId: replica.me.userId });
const stuck = { title: "The lift is stuck", text: "", status: "open", priority: "high" };
test.each([
  ["activities", () => fields.note({ ...me(), leadId })],
  ["tickets", () => ({ ...stuck, leadId, assigneeId: null, teamId: null })],
] as const)("what is new among %s takes a model's words about a deal back", async (collection, fresh) => {
  answer = (response) => response.end(JSON.stringify({ ...origin, insight: verdict }));
  await assistant.handlers.askDealInsight({ dealId });
  const watched = watch<typeof dealInsight>(assistant.handlers.dealInsight, { dealId });
  expect(await watched.next()).toMatchObject({ origin: { by: "model" } });
  const made = await replica.edits.apply(
    [{ kind: "create", collection, id: `${collection}-1`, fields: fresh() }],
    "Something new",
  );
  expect(made).toMatchObject({ ok: true });
  expect(await watched.next()).toMatchObject({ origin: { by: "rules" } });
  watched.stop();
});

test("steps of a deal become tasks, each once: on a click, or by themselves where it may slip away; one undo takes all", async () => {
  const steps = [{ text: "Call them", dueInDays: 0 }, { text: "Send the offer", dueInDays: 2 }]; // prettier-ignore
  const ask = async (probability: number) => {
    const insight = { probability, reasoning: "The board is against it.", steps, risks: [] };
    answer = (response) => response.end(JSON.stringify({ ...origin, insight }));
    return await assistant.handlers.askDealInsight({ dealId });
  };
  expect([await ask(77), await tasks()]).toMatchObject([{ ok: true, value: { count: 0 } }, []]);
  const onClick = () => assistant.handlers.planSteps({ dealId, steps });
  for (const make of [onClick, () => ask(31)]) {
    const made = await make();
    expect([made, await onClick()]).toMatchObject([{ value: { count: 2 } }, { value: { count: 0 } }]);
    expect((await tasks()).map(({ title }) => title).sort()).toEqual(["Call them", "Send the offer"]);
    expect((await judged()).origin.by, "the tasks take the words of which they came not back").toBe("model");
    await replica.edits.undo(made.ok ? made.value.undoId : "");
    expect(await tasks()).toEqual([]);
  }
});

test("a recommendation that was answered is gone, also after a restart, and counts; another fact brings another", async () => {
  const look = () => watch<typeof recommendations>(assistant.handlers.recommendations, { leadId }).first();
  const before = await look();
  expect(before).toMatchObject({
    recommendations: [{ title: "Plan the next step", status: "new" }],
    acceptance: { accepted: 0, seen: 0 },
  });
  const [first] = before.recommendations;
  const key = first?.key ?? "";
  await assistant.handlers.judgeRecommendation({ leadId, key, status: "viewed" });
  expect(await look()).toMatchObject({ recommendations: [{ status: "viewed" }], acceptance: { accepted: 0, seen: 1 } }); // prettier-ignore
  await assistant.handlers.judgeRecommendation({ leadId, key, status: "dismissed" });
  // A window that shows it a moment longer does not bring it back.
  await assistant.handlers.judgeRecommendation({ leadId, key, status: "viewed" });
  await assistant.handlers.judgeRecommendation({ leadId, key, status: "accepted" });
  await assistant.close();
  await open();
  expect(await look()).toEqual({
    recommendations: [],
    acceptance: { accepted: 0, seen: 1 },
    others: null,
  });
  const [kept, ...more] = await replica.reads.sql<{ doc: Recommendation }>(
    `select doc from ${replica.reads.table("recommendations")} where not deleted`,
  );
  expect(more).toEqual([]);
  expect(kept?.doc).toMatchObject({ leadId, ownerId: replica.me.userId, status: "dismissed", expiresAt: expect.any(String) }); // prettier-ignore
  await replica.edits.apply(
    [{ kind: "update", collection: "leads", id: leadId, set: { stage: "tour" } }],
    "Moved on",
  );
  expect((await look()).recommendations).toHaveLength(1);
  const leadIds = [leadId, "nobody" as RecordId];
  const { suggestions: suggested } = await watch<typeof suggestions>(assistant.handlers.suggestions, { leadIds }).first(); // prettier-ignore
  expect(suggested).toEqual([
    { leadId, leadName: "Maria Keller", title: "Plan the next step", reason: "Nothing is planned with them.", priority: 50 }, // prettier-ignore
  ]);
});

test("a recommendation that nobody took in two weeks after it was seen is gone", async () => {
  const look = () => watch<typeof recommendations>(assistant.handlers.recommendations, { leadId }).first();
  const key = (await look()).recommendations[0]?.key ?? "";
  await assistant.close();
  const at = new Date(Date.now() - 15 * 86_400_000).toISOString();
  await writeFile(join(replica.folder.root, "recommendations.json"), JSON.stringify([{ leadId, key, at }]));
  await open();
  expect(await look()).toMatchObject({ recommendations: [], acceptance: { seen: 2 } });
  await assistant.close();
  await rm(join(replica.folder.root, "recommendations.json"));
  await open();
});

test("what others answered counts beside one's own, for who leads people and for how sure advice is", async () => {
  const look = () => watch<typeof recommendations>(assistant.handlers.recommendations, { leadId }).first();
  await assistant.close();
  await open("manager");
  const before = await look();
  expect(before.others).toEqual({ accepted: 0, answered: 0 });
  const [first] = before.recommendations;
  const at = "2026-01-01T09:00:00.000Z";
  const ofBen = {
    ...{ rev: 1, createdAt: at, updatedAt: at, kept: [], leadId: "another", ownerId: "ben" },
    ...{ teamId: null, title: "x", reason: "", priority: 1, confidence: 0.5, expiresAt: null },
    ...{ kind: first?.kind, status: "dismissed" },
  };
  const answers = Array.from({ length: 10 }, (_, index) => ({ ...ofBen, id: `of-ben-${index}` }));
  await replica.takeTurn(() => replica.layers.receive("recommendations", answers as unknown as Doc[], []));
  const after = await look();
  expect(after.others).toEqual({ accepted: 0, answered: 10 });
  expect(after.acceptance).toEqual(before.acceptance);
  expect(after.recommendations[0]?.confidence).toBeLessThan(first?.confidence ?? 0);
});
