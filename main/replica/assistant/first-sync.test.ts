import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import type { Draft, recommendations, suggestions } from "../../../shared/rpc/contract/assistant.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { createFirstSync } from "../../../testing/fakes/first-sync.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { openTenantSettings } from "../live/tenant-settings.ts";
import { proposedRecordId } from "./act.ts";
import { openDraftStore } from "./draft-store.ts";
import { followProposals } from "./follow-proposals.ts";
import { createRecommendations } from "./recommendations.ts";

const leadId = "lead-1" as RecordId;
let replica: TestReplica;
const onTrouble = (cause: unknown) => expect.fail(String(cause));
const create = (collection: "leads" | "tasks", id: string, own: Record<string, never>) =>
  replica.edits.apply([{ kind: "create", collection, id, fields: own }], "New");

beforeAll(async () => {
  replica = await openTestReplica();
  await create("leads", leadId, fields.lead({ lastContactAt: new Date().toISOString() }) as never);
});
afterAll(() => replica.dispose());

test("what was done is not offered again because its record has yet to come, and is where it came to nothing", async () => {
  const store = await openDraftStore(join(replica.folder.root, "assistant.json"), onTrouble);
  const proposing = (id: string, acted: boolean): Draft => ({
    ...{ id, at: "2026-11-21T09:00:00.000Z", state: "done", acted, edited: null, origin: null, why: "" },
    ...{ useful: null, flagged: false, question: { about: "chat", leadId, said: "Task" } },
    text: 'I can.\n\n```ringside\n{"do":"task","title":"Send plans","dueInDays":1}\n```',
  });
  for (const [id, acted] of [["comes", true], ["gone", true], ["new", false]] as const) store.add(proposing(id, acted)); // prettier-ignore
  const acted = () => store.everywhere().map((draft) => [draft.id, draft.acted].join(" "));
  const firstSync = createFirstSync();
  const proposals = followProposals({ reads: replica.reads, store, afterFirstSync: firstSync.after, onTrouble }); // prettier-ignore
  await create("tasks", proposedRecordId("new"), fields.task() as never);
  await expect.poll(acted, { interval: 5 }).toEqual(["comes true", "gone true", "new true"]);
  await create("tasks", proposedRecordId("comes"), fields.task() as never);
  firstSync.end();
  await expect.poll(acted, { interval: 5 }).toEqual(["comes true", "gone false", "new true"]);
  await proposals.close();
});

test("nobody is advised by half of the records", async () => {
  const settings = openTenantSettings(replica.reads);
  const firstSync = createFirstSync();
  const recommending = await createRecommendations({
    ...{ replica, settings, clock: systemClock, onMinute: () => () => {}, onTrouble },
    ...{ newLeads: () => Promise.resolve([]), afterFirstSync: firstSync.after },
    path: join(replica.folder.root, "recommendations.json"),
    makeTask: () => expect.fail("no task is made here"),
  });
  const advice = watch<typeof recommendations>(recommending.handlers.recommendations, { leadId });
  const today = watch<typeof suggestions>(recommending.handlers.suggestions, { leadIds: [leadId] });
  await advice.settled();
  expect([advice.count(), today.count()]).toEqual([0, 0]);
  firstSync.end();
  expect((await advice.next()).recommendations).toMatchObject([{ title: "Plan the next step" }]);
  expect((await today.next()).suggestions).toMatchObject([{ title: "Plan the next step" }]);
  advice.stop();
  today.stop();
  await recommending.close();
  settings.close();
});
