import { beforeAll, expect, test } from "vitest";
import type { RecordId, UserId } from "../../../shared/entities/id.ts";
import { byId, callOf, reportOf, stageInsights, type Fact } from "../../../testing/insights/insight-stage.ts";
import { createCoachCommands } from "../insights/coach-commands.ts";
import { readToReview } from "./to-review.ts";

const stage = stageInsights();

const factOf = (number: number, agent: string, daysAgo: number): Fact => ({
  ...{ number, agent, team: "north", daysAgo, won: true, done: [], metrics: {} },
  fate: "kept",
});
/** Newest: one of Ana's and one of Ben's; two of Ana's and one of Ben's are older than the moments to review. */
const facts = [
  factOf(1, "ana", 1),
  factOf(2, "ben", 2),
  factOf(3, "ana", 40),
  factOf(4, "ana", 41),
  factOf(5, "ben", 42),
  factOf(6, "ana", 43),
];

beforeAll(async () => {
  const recorded = facts.map((fact) => ({ ...callOf(fact), recording: `recording-${fact.number}` }));
  const silent = { ...callOf(factOf(7, "ana", 1)), id: "c7" };
  await stage.put("calls", byId([...recorded, silent]));
  await stage.put("insights", byId([...facts, factOf(7, "ana", 1)].map(reportOf)));
  const { assignCoaching, commentMoment } = createCoachCommands(stage.ports);
  const assign = (callId: string, practise: string) =>
    assignCoaching({
      ...{ callId: callId as RecordId, moment: null, example: null, dueOn: null, goal: null },
      ...{ practise, text: "" },
    });
  await assign("c3", "Ask first");
  await assign("c5", "Listen");
  await commentMoment({ callId: "c4" as RecordId, atMs: 0, text: "Here she had asked." });
  await commentMoment({ callId: "c5" as RecordId, atMs: 0, text: "Good." });
});

async function keysOf(me: Partial<typeof stage.ports.replica.me>): Promise<string[]> {
  const replica = { ...stage.ports.replica, me: { ...stage.ports.replica.me, ...me } };
  const wanted = await readToReview({ ...stage.ports, replica });
  return wanted.map(({ key }) => key).toSorted();
}

test("a manager's are the moments to review and what they asked others to practise", async () => {
  expect(await keysOf({})).toEqual(["recording-1", "recording-2", "recording-3", "recording-5"]);
});

test("an agent's are their own moments, what they practise, and their calls that somebody commented on", async () => {
  const ana = { userId: "ana" as UserId, role: "agent" as const };
  expect(await keysOf(ana)).toEqual(["recording-1", "recording-3", "recording-4"]);
});

test("what was practised is over: it is no reason any more", async () => {
  const [assigned] = await stage.ports.replica.reads.sql<{ id: string }>(
    `select id from ${stage.ports.replica.reads.table("insights")} where doc->>'practise' = 'Ask first'`,
  );
  const { closeAssignment } = createCoachCommands(stage.ports);
  const closed = await closeAssignment({ id: (assigned?.id ?? "") as RecordId, status: "done" });
  expect(closed.ok).toBe(true);
  expect(await keysOf({})).toEqual(["recording-1", "recording-2", "recording-5"]);
});
