import { expect, test } from "vitest";
import type { RecordId, TeamId, UserId } from "../../../shared/entities/id.ts";
import type { CallReport } from "../../../shared/entities/insight.ts";
import {
  byId,
  callOf,
  everything,
  reportOf,
  stageInsights,
  type Fact,
} from "../../../testing/insights/insight-stage.ts";
import { makePerson } from "../../../testing/fakes/records.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { readAdherence } from "./adherence.ts";
import { readCards } from "./cards.ts";
import { createCoachCommands } from "./coach-commands.ts";
import { readMoments } from "./moments.ts";
import { readOverview } from "./overview.ts";
import { createSearchTranscripts } from "./search-transcripts.ts";

// Ana begins a call, does what it takes and talks too much; Ben takes it over and sees it through.

const stage = stageInsights(async () => {
  const talked = { ...callOf(handedOver), line: { talks: talks(), endedAt: null } };
  await stage.put("calls", byId([{ ...talked, answeredAt: talked.startedAt }, callOf(alone)]));
  await stage.put("insights", byId([reportOfBoth(), reportOf(alone)]));
});

const handedOver: Fact = { number: 1, agent: "ben", team: "north", daysAgo: 2, won: true, done: [true, true, false], metrics: { talkShare: 0.6, paceWpm: 150 }, fate: "kept" }; // prettier-ignore
const alone: Fact = {
  ...handedOver,
  number: 2,
  agent: "ana",
  won: false,
  done: [true],
  metrics: { talkShare: 0.2 },
};

function talks() {
  const startedMs = Date.parse(callOf(handedOver).startedAt);
  const atMs = (ms: number) => new Date(startedMs + ms).toISOString();
  return ["ana", "ben"].map((agentId, at) => ({
    agentId,
    from: atMs(at * 8_000),
    to: atMs(8_000 + at * 60_000),
  }));
}

function reportOfBoth(): CallReport {
  const part = { strengths: [], improvements: [], score: null };
  const report = reportOf(handedOver);
  return {
    ...report,
    // Ana did the first item and had the first card up; her monologue is the bad moment.
    items: report.items.map((item, at) => ({ ...item, atMs: [1_000, 30_000, null][at] ?? null })),
    parts: [
      { ...part, agentId: "ana" as UserId, spans: [{ fromMs: 0, toMs: 8_000 }], metrics: { talkShare: 0.9 } },
      {
        ...part,
        agentId: "ben" as UserId,
        spans: [{ fromMs: 8_000, toMs: null }],
        metrics: { talkShare: 0.3 },
      },
    ],
  };
}

const ofAgent = (agentId: string) => ({ ...everything, agentId: agentId as UserId });

test("each of them is measured by their own part, and the call counts once for the team", async () => {
  const { calls, callsOnDevice, agents, whole } = await readOverview(stage.ports, everything);
  expect([calls, callsOnDevice]).toEqual([2, 2]);
  expect(whole.talkShare.now).toBeCloseTo((0.6 + 0.2) / 2);
  const figures = Object.fromEntries(agents.map((each) => [each.userId, each]));
  expect(figures["ana"]).toMatchObject({
    calls: 2,
    figures: { talkShare: { now: 0.55 }, outcome: { now: 50 } },
  });
  expect(figures["ben"]).toMatchObject({
    calls: 1,
    figures: { talkShare: { now: 0.3 }, checklist: { now: 0.5 } },
  });
  const bens = await readOverview(stage.ports, ofAgent("ben"));
  expect([bens.calls, bens.whole.talkShare.now]).toEqual([1, 0.3]);
});

test("an item is theirs who did it; what nobody did was left out by whoever had the call last", async () => {
  const countsOf = async (agentId: string) => {
    const { items } = await readAdherence(stage.ports, ofAgent(agentId));
    return Object.fromEntries(items.map(({ key, done, skipped }) => [key, [done, skipped]]));
  };
  expect(await countsOf("ana")).toEqual({ "item-0": [2, 0] });
  expect(await countsOf("ben")).toEqual({ "item-1": [1, 0], "item-2": [0, 1] });
});

test("cards and moments are theirs in whose part they came", async () => {
  const { cards } = await readCards(stage.ports, everything);
  const due = Object.fromEntries(cards.map(({ key, agents }) => [key, agents.map((each) => [each.userId, each.due])])); // prettier-ignore
  expect(due).toEqual({
    "card-0": [["ana", 2], ["ben", 1]], // prettier-ignore
    "card-1": [["ben", 1]],
  });
  const { moments } = await readMoments(stage.ports, everything);
  const told = moments
    .filter(({ callId }) => callId === "c1")
    .map(({ agentId, moment }) => [agentId, moment.kind]);
  expect(told.toSorted()).toEqual([["ana", "monologue"], ["ben", "praise"]]); // prettier-ignore
});

test("what is found in a call is said by whoever had it then", async () => {
  const said = (id: string, startMs: number) => ({
    ...{ id, rev: 1, createdAt: "", updatedAt: "", kept: [], callId: "c1", leadId: null },
    ...{ agentId: "ben", teamId: "north", speaker: "agent", text: "the price of the floor" },
    ...{ startMs, endMs: startMs + 900, timing: [] },
  });
  await stage.put("segments", byId([said("s1", 1_000), said("s2", 9_000)]));
  const watched = watch(createSearchTranscripts(stage.ports), {
    ...everything,
    text: "price",
    speaker: null,
  });
  const { hits } = await watched.next();
  watched.stop();
  expect(hits.map(({ segmentId, agentId }) => `${segmentId} ${agentId}`)).toEqual(["s1 ana", "s2 ben"]);
});

test("what is said of a moment is said to whoever had the call then, and is practised by them, in their own team", async () => {
  const people = () => [{ ...makePerson("ana", "Ana Ruiz"), teamIds: ["south" as TeamId] }];
  const ports = { ...stage.ports, settings: { ...stage.ports.settings, people } };
  const commands = createCoachCommands(ports);
  const callId = "c1" as RecordId;
  const practise = async (atMs: number) => {
    const moment = { atMs, endMs: atMs + 1_000 };
    const done = await commands.assignCoaching({ callId, moment, text: "", practise: "Ask", goal: null, dueOn: null, example: null }); // prettier-ignore
    const { assignmentId = "", taskId = "" } = done.ok ? done.value : {};
    const { reads } = stage.replica;
    return [await reads.get("insights", assignmentId), await reads.get("tasks", taskId)];
  };
  expect(await practise(2_000)).toMatchObject([{ agentId: "ana", teamId: "south" }, { assigneeId: "ana", teamId: "south" }]); // prettier-ignore
  expect(await practise(9_000)).toMatchObject([{ agentId: "ben", teamId: "north" }, { assigneeId: "ben", teamId: "north" }]); // prettier-ignore
  const said = await commands.commentMoment({ callId, atMs: 2_000, text: "Too long" });
  const comment = await stage.replica.reads.get("insights", said.ok ? said.value.id : "");
  expect(comment).toMatchObject({ kind: "comment", agentId: "ana", teamId: "south" });
});

test("a call that ended while it waited for the next of them is theirs who had it before", async () => {
  const [first] = reportOfBoth().parts ?? [];
  if (!first) throw new Error("there is no part");
  const given: Fact = { ...handedOver, number: 3 };
  const parts = [{ ...first, spans: [{ fromMs: 0, toMs: null }] }];
  await stage.put("calls", byId([{ ...callOf(given), agentId: null }]));
  await stage.put("insights", byId([{ ...reportOf(given), agentId: null, parts }]));
  const { calls, agents } = await readOverview(stage.ports, everything);
  expect([calls, agents.find(({ userId }) => userId === "ana")?.calls]).toEqual([3, 3]);
  const { items } = await readAdherence(stage.ports, ofAgent("ana"));
  expect(items.find(({ key }) => key === "item-2")).toMatchObject({ done: 0, skipped: 1 });
});
