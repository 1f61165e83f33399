import { beforeAll, describe, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import {
  byId,
  callOf,
  everything,
  reportOf,
  stageInsights,
  type Fact,
} from "../../../testing/insights/insight-stage.ts";
import { readAssignments } from "./assignments.ts";
import { createCoachCommands } from "./coach-commands.ts";
import { readMoments } from "./moments.ts";
import { readReview } from "./review.ts";
import { createSearchTranscripts, termsOf } from "./search-transcripts.ts";
import { waveOf } from "./waves.ts";

const stage = stageInsights();

describe("a moment of a call", () => {
  const callId = "talked" as RecordId;
  const told: Fact = {
    number: 900,
    agent: "ana",
    team: "north",
    daysAgo: 1,
    won: true,
    done: [],
    metrics: {},
    fate: "kept",
  };
  beforeAll(async () => {
    await stage.put("calls", byId([{ ...callOf(told), id: callId }]));
    await stage.put("insights", byId([{ ...reportOf(told), id: `report:${callId}`, callId }]));
    const segment = (id: string, speaker: string, startMs: number, text: string) => ({
      ...{
        id,
        rev: 1,
        createdAt: "2026-05-19T15:00:00.000Z",
        updatedAt: "2026-05-19T15:00:00.000Z",
        kept: [],
      },
      ...{
        callId,
        leadId: null,
        agentId: "ana",
        teamId: "north",
        speaker,
        startMs,
        endMs: startMs + 4_000,
        text,
        timing: [],
      },
    });
    await stage.put(
      "segments",
      byId([
        segment("s1", "agent", 0, "So the  building went up in 2019"),
        segment("s2", "customer", 5_000, "Ça coûte combien, le café?"),
        segment("s3", "customer", 20_000, "I only asked about parking"),
      ]),
    );
  });
  const find = async (text: string) => {
    const watched = watch(createSearchTranscripts(stage.ports), { ...everything, text, speaker: null });
    for (;;) {
      const { done, hits } = await watched.next();
      if (done) return hits.map(({ segmentId }) => segmentId);
    }
  };

  test("is found by words in any order, by a phrase, by a beginning, without accents; not by a part of a word", async () => {
    expect(await find("parking asked")).toEqual(["s3"]);
    expect(await find('"asked about parking"')).toEqual(["s3"]);
    expect(await find('"parking asked"')).toEqual([]);
    expect(await find('"the building')).toEqual(["s1"]);
    expect(await find("cafe")).toEqual(["s2"]);
    expect(await find("king")).toEqual([]);
    expect(await find("100%")).toEqual([]);
    expect(termsOf('a "Two  Words" ÉTÉ')).toEqual(["two words", "ete"]);
  });

  test("is reviewed once somebody has said something of it", async () => {
    const commands = createCoachCommands(stage.ports);
    const before = await readMoments(stage.ports, everything);
    expect(before.moments.find((each) => each.callId === callId)).toMatchObject({
      reviewed: false,
      wave: { length: 48 },
    });
    const said = await commands.commentMoment({ callId, atMs: 6_000, text: "Stop and ask" });
    expect(said.ok).toBe(true);
    const after = await readMoments(stage.ports, everything);
    expect(after.moments.filter((each) => each.callId === callId).map(({ reviewed }) => reviewed)).toContain(
      true,
    );
    expect(after.left).toBe(before.left - 1);
    expect((await readReview(stage.ports, callId)).comments).toMatchObject([
      { text: "Stop and ask", byId: "max" },
    ]);
  });

  test("is assigned with a task for whom it is about; progress counts calls that came after", async () => {
    const commands = createCoachCommands(stage.ports);
    const goal = { metric: "longestMonologueMs", is: "under" as const, value: 60_000, calls: 3 };
    const assigned = await commands.assignCoaching({
      ...{ callId, moment: { atMs: 5_000, endMs: 65_000 }, text: "One sentence, then ask." },
      ...{ practise: "Answer, then ask", goal, dueOn: "2026-05-27", example: null },
    });
    if (!assigned.ok) throw new Error(assigned.error.message);
    const task = await stage.replica.reads.get("tasks", assigned.value.taskId);
    expect(task).toMatchObject({
      assigneeId: "ana",
      title: "Practise: Answer, then ask",
      callId,
      dueAt: "2026-05-27T12:00:00.000Z",
    });
    const progress = async () =>
      (await readAssignments(stage.replica, { teamId: null, agentId: null })).assignments[0];
    expect(await progress()).toMatchObject({ reached: 0, calls: 0 });
    const later = (number: number, longestMonologueMs: number) => ({
      ...told,
      number,
      daysAgo: -1,
      metrics: { longestMonologueMs },
    });
    await stage.arrive([later(901, 30_000), later(902, 90_000)]);
    expect(await progress()).toMatchObject({ reached: 1, calls: 2 });
    const ticked = (doneAt: string | null) =>
      stage.replica.edits.apply(
        [{ kind: "update", collection: "tasks", id: assigned.value.taskId, set: { doneAt } }],
        "Ticked",
      );
    await ticked("2026-05-21T09:00:00.000Z");
    expect(await progress()).toBeUndefined();
    await ticked(null);
    expect(await progress()).toBeDefined();
    await commands.closeAssignment({ id: assigned.value.assignmentId, status: "done" });
    expect(await progress()).toBeUndefined();
    expect((await stage.replica.reads.get("tasks", assigned.value.taskId))?.doneAt).not.toBeNull();
  });

  test("another's scoring is hidden until one's own is given, and a second one of one's own takes its place", async () => {
    const scoring = { ...reportOf(told), kind: "scoring" } as Record<string, unknown>;
    const theirs = {
      ...Object.fromEntries(
        ["rev", "createdAt", "updatedAt", "kept", "leadId", "agentId", "teamId", "at"].map((key) => [
          key,
          scoring[key],
        ]),
      ),
      ...{
        id: "theirs",
        kind: "scoring",
        callId,
        byId: "mia",
        scorecard: "sales",
        points: { listening: 2 },
        note: "",
      },
    };
    await stage.put("insights", byId([theirs]));
    expect(await readReview(stage.ports, callId)).toMatchObject({ mine: null, others: [], hidden: 1 });
    const commands = createCoachCommands(stage.ports);
    for (const listening of [3, 4])
      await commands.scoreCall({ callId, scorecard: "sales", points: { listening }, note: "" });
    expect(await readReview(stage.ports, callId)).toMatchObject({
      mine: { points: { listening: 4 } },
      others: [{ id: "theirs" }],
      hidden: 0,
    });
  });
});

test("a wave says who spoke for how much of each part", () => {
  const wave = waveOf(
    [
      { speaker: "agent", startMs: 0, endMs: 24_000 },
      { speaker: "customer", startMs: 24_500, endMs: 48_000 },
    ],
    48_000,
  );
  expect(wave).toHaveLength(48);
  expect([wave[0], wave[24], wave[47]]).toEqual([
    { agent: 1, customer: 0 },
    { agent: 0, customer: 0.5 },
    { agent: 0, customer: 1 },
  ]);
});
