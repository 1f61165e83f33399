import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Step } from "../../../shared/assistant/deals/insight.ts";
import { newRecordId, recordIdOf, type RecordId } from "../../../shared/entities/id.ts";
import type { Stage } from "../../../shared/entities/setting.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import { ok } from "../../../shared/result/result.ts";
import type { dealInsight } from "../../../shared/rpc/contract/assistant.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { someDeal, someLead, someStory } from "../../../testing/fakes/some-story.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { planSteps } from "./act.ts";
import { createDealInsights } from "./deal-insights.ts";

// What a deal that may slip away makes by itself.

const dealId = "deal-1" as RecordId;
const leadId = "lead-1" as RecordId;
const stages = someStory().stages as readonly Stage[];
let replica: TestReplica;
let steps: Step[] = [];
/** What happens while the server is asked. */
let meanwhile = async (): Promise<unknown> => undefined;
let insights: ReturnType<typeof createDealInsights>;

beforeAll(async () => {
  replica = await openTestReplica();
  await receive("leads", someLead());
  insights = createDealInsights({
    ...{ replica, clock: systemClock, ratings: { rate: async () => {} } },
    settings: {
      stages: (pipeline) => stages.filter((stage) => stage.pipeline === pipeline),
      business: () => ({ timeZone: "UTC", currency: "USD" }) as never,
    },
    ask: {
      async dealInsight() {
        await meanwhile();
        const insight = { probability: 10, reasoning: "The board is against it.", steps, risks: [] };
        return ok({ requestId: "request-1", by: "model", model: "Large", instead: null, insight });
      },
    },
    plan: (deal, planned) => planSteps({ ...replica, nowMs: Date.now(), zone: "UTC" }, deal, planned),
  });
});
afterEach(async () => {
  meanwhile = async () => undefined;
  for (const id of await idsOfTasks()) await replica.edits.apply([{ kind: "delete", collection: "tasks", id }], "Gone"); // prettier-ignore
});
afterAll(() => replica.dispose());

function receive(collection: "leads" | "deals", doc: object): Promise<unknown> {
  return replica.takeTurn(() => replica.layers.receive(collection, [doc as Doc], []));
}

async function idsOfTasks(): Promise<RecordId[]> {
  const rows = await replica.reads.sql<{ id: RecordId }>(`select id from ${replica.reads.table("tasks")} where not deleted`); // prettier-ignore
  return rows.map(({ id }) => id);
}

/** What asking once makes, where the answer names these steps. */
async function ask(...texts: string[]) {
  steps = texts.map((text, at) => ({ text, dueInDays: at }));
  const made = await insights.askDealInsight({ dealId });
  return made.ok ? made.value : expect.fail(made.error.message);
}

test.each(["signed", "dropped"])(
  "of a deal that is closed (%s) nothing becomes a task, whatever a model says",
  async (stage) => {
    await receive("deals", someDeal({ stage, rev: stage === "signed" ? 2 : 3 }));
    expect(await ask("Call them")).toMatchObject({ count: 0 });
    expect(await idsOfTasks()).toEqual([]);
  },
);

test("asked again, in other words, nothing more becomes a task until those of the answer before are done", async () => {
  await receive("deals", someDeal({ rev: 4 }));
  expect(await ask("Call them", "Send the offer")).toMatchObject({ count: 2 });
  for (const id of await idsOfTasks()) {
    expect(await ask("Ring them today", "Mail the offer", "Ask who decides")).toMatchObject({ count: 0 });
    const set = { doneAt: "2026-11-22T09:00:00.000Z" };
    await replica.edits.apply([{ kind: "update", collection: "tasks", id, set }], "Done");
  }
  expect(await ask("Ask who decides")).toMatchObject({ count: 1 });
  const set = { title: "Ask who decides, and when" };
  for (const id of await idsOfTasks()) await replica.edits.apply([{ kind: "update", collection: "tasks", id, set }], "Renamed"); // prettier-ignore
  expect(await ask("Find out who signs"), "one that was called something else").toMatchObject({ count: 0 });
});

test("a step that was done may be done again, as often as it is advised, and is one task while it is open", async () => {
  await receive("deals", someDeal({ rev: 5 }));
  const open = () => replica.reads.sql<{ id: RecordId }>(`select id from ${replica.reads.table("tasks")} where not deleted and doc->>'doneAt' is null`); // prettier-ignore
  for (const day of ["20", "21", "22"]) {
    expect(await ask("Call them"), day).toMatchObject({ count: 1 });
    const planned = await planSteps({ ...replica, nowMs: Date.now(), zone: "UTC" }, { id: dealId, leadId }, steps); // prettier-ignore
    expect(planned, day).toMatchObject({ value: { count: 0 } });
    const judged = await watch<typeof dealInsight>(insights.dealInsight, { dealId }).first();
    expect(judged.origin.by, "its own task is nothing new").toBe("model");
    const set = { doneAt: `2026-11-${day}T09:00:00.000Z` };
    for (const { id } of await open()) await replica.edits.apply([{ kind: "update", collection: "tasks", id, set }], "Done"); // prettier-ignore
  }
  expect(await idsOfTasks()).toHaveLength(3);
});

test("what changes while it is asked takes nothing of the answer: its steps become tasks, and it says that it is of before", async () => {
  await receive("deals", someDeal({ rev: 7 }));
  const judged = () => watch<typeof dealInsight>(insights.dealInsight, { dealId }).first();
  const note = (text: string) => replica.edits.apply([{ kind: "update", collection: "leads", id: leadId, set: { notes: text } }], "Noted"); // prettier-ignore
  const words = { reasoning: "The board is against it.", steps: [{ text: "Ask the board" }] };
  meanwhile = () => note("They called the board.");
  expect(await ask("Ask the board")).toMatchObject({ count: 1 });
  expect(await judged()).toMatchObject({ insight: words, origin: { by: "model" }, outdated: true });
  // The server has taken an edit: nothing that anybody knows is new.
  await receive("deals", someDeal({ rev: 8, updatedAt: "2026-11-22T12:00:00.000Z" }));
  expect(await judged()).toMatchObject({ insight: words, outdated: true });
  await note("They have heard from the board.");
  expect(await judged()).toMatchObject({ origin: { by: "rules" }, outdated: false });
  meanwhile = async () => undefined;
  await ask("Ask the board");
  expect(await judged()).toMatchObject({ insight: words, outdated: false });
});

test.each([
  ["on their own", newRecordId(), 9],
  ["by what the chat proposed", recordIdOf("proposal:draft-1"), 10],
])("what somebody plans for a deal %s is no answer, and keeps none back", async (_, id, rev) => {
  await receive("deals", someDeal({ rev }));
  const task = fields.task({ title: "Call them", leadId: "lead-1", dealId });
  const planned = await replica.edits.apply([{ kind: "create", collection: "tasks", id, fields: task }], "Planned"); // prettier-ignore
  expect(planned).toMatchObject({ ok: true });
  expect(await ask("Call them")).toMatchObject({ count: 1 });
});
