import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Step } from "../../../shared/assistant/deals/insight.ts";
import { newRecordId, recordIdOf, type RecordId } from "../../../shared/entities/id.ts";
import type { Stage } from "../../../shared/entities/setting.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import { ok } from "../../../shared/result/result.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { someDeal, someLead, someStory } from "../../../testing/fakes/some-story.ts";
import { planSteps } from "./act.ts";
import { createDealInsights } from "./deal-insights.ts";

// What a deal that may slip away makes by itself.

const dealId = "deal-1" as RecordId;
const stages = someStory().stages as readonly Stage[];
let replica: TestReplica;
let steps: Step[] = [];
let insights: ReturnType<typeof createDealInsights>;

beforeAll(async () => {
  replica = await openTestReplica();
  await receive("leads", someLead());
  insights = createDealInsights({
    ...{ replica, clock: systemClock, ratings: { rate: async () => {} } },
    settings: {
      stages: (pipeline) => stages.filter((stage) => stage.pipeline === pipeline),
      business: () => ({ timeZone: "UTC" }) as never,
    },
    ask: {
      async dealInsight() {
        const insight = { probability: 10, reasoning: "The board is against it.", steps, risks: [] };
        return ok({ requestId: "request-1", by: "model", model: "Large", instead: null, insight });
      },
    },
    plan: (deal, planned) => planSteps({ ...replica, nowMs: Date.now(), zone: "UTC" }, deal, planned),
  });
});
afterEach(async () => {
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

test.each([
  ["on their own", newRecordId(), 5],
  ["by what the chat proposed", recordIdOf("proposal:draft-1"), 6],
])("what somebody plans for a deal %s is no answer, and keeps none back", async (_, id, rev) => {
  await receive("deals", someDeal({ rev }));
  const task = fields.task({ title: "Call them", leadId: "lead-1", dealId });
  const planned = await replica.edits.apply([{ kind: "create", collection: "tasks", id, fields: task }], "Planned"); // prettier-ignore
  expect(planned).toMatchObject({ ok: true });
  expect(await ask("Call them")).toMatchObject({ count: 1 });
});
