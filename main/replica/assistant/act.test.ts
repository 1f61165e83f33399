import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft } from "../../../shared/rpc/contract/assistant.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { doProposal, proposedRecordId } from "./act.ts";

let replica: TestReplica;
beforeAll(async () => {
  replica = await openTestReplica();
});
afterAll(() => replica.dispose());

test.each([
  ["a time", { at: "15:00" }, { dueAt: "2026-11-22T14:00:00.000Z", allDay: false }],
  ["a day", {}, { dueAt: "2026-11-22T12:00:00.000Z", allDay: true }],
])("a task that was proposed for %s is due then by the clocks of whoever says yes", async (id, when, due) => {
  const task = { do: "task", title: "Send plans", dueInDays: 1, ...when };
  const draft = {
    ...{ id, at: "2026-11-21T09:00:00.000Z", state: "done", acted: false },
    ...{
      question: { about: "chat", leadId: null },
      text: `Yes.\n\n\`\`\`ringside\n${JSON.stringify(task)}\n\`\`\``,
    },
  } as unknown as Draft;
  const nowMs = Date.parse("2026-11-21T12:00:00.000Z");
  const done = await doProposal({ ...replica, nowMs, zone: "Europe/Berlin" }, draft);
  expect(done).toMatchObject({ ok: true, value: { count: 1 } });
  expect(await replica.reads.get("tasks", proposedRecordId(id))).toMatchObject({
    title: "Send plans",
    ...due,
  });
});
