import fc from "fast-check";
import { afterAll, beforeAll } from "vitest";
import type { Call } from "../../shared/entities/call.ts";
import type { AnyRecord } from "../../shared/entities/collections.ts";
import type { RecordId, TeamId, UserId } from "../../shared/entities/id.ts";
import type { CallReport, CardFeedback, CardShown } from "../../shared/entities/insight.ts";
import type { Doc } from "../../shared/sync/fields.ts";
import type { InsightPorts, InsightScope } from "../../main/replica/insights/scope.ts";
import { makeCall } from "../fakes/records.ts";
import { openTestReplica, type TestReplica } from "../fakes/open-test-replica.ts";

/** A manager's real replica into which calls and reports come as a sync would bring them. */
export type InsightStage = {
  replica: TestReplica;
  ports: InsightPorts;
  /** Writes what a pull would have brought; null = gone. */
  put(
    collection: "calls" | "insights" | "segments",
    records: ReadonlyMap<string, AnyRecord | null>,
  ): Promise<void>;
  /** Brings calls with their reports; of one number the last. */
  arrive(facts: readonly Fact[]): Promise<void>;
  /** The reports that this device holds, as one would list them by hand. */
  held: ReadonlyMap<number, Fact>;
  /** As after a start. */
  reopen(): Promise<void>;
};

const nowMs = Date.parse("2026-05-20T15:00:00.000Z");
const dayMs = 86_400_000;
const settings = {
  business: () => ({ timeZone: "UTC", country: "US", currency: "USD", terms: {} }),
  dispositions: () => [{ key: "won", followUp: false }],
  scorecards: () => [],
  playbooks: () => [{ key: "sales", label: "Sales call" }],
  people: () => [],
  teams: () => [],
} as unknown as InsightPorts["settings"];
export const everything: InsightScope = {
  teamId: null,
  agentId: null,
  days: 28,
  against: "before",
  playbook: "",
  version: 0,
  outcome: "",
};

/** Opened before the tests of a file and closed after them. @param fill brings what they all look at */
export function stageInsights(fill: () => Promise<void> = async () => {}): InsightStage {
  const stage = {} as InsightStage;
  beforeAll(async () => {
    await open(stage);
    await fill();
  });
  afterAll(() => stage.replica.dispose());
  return stage;
}

async function open(stage: InsightStage): Promise<void> {
  const me = { userId: "max" as UserId, role: "manager" as const, teamIds: ["north" as TeamId] };
  const held = new Map<number, Fact>();
  const replica = await openTestReplica({ me });
  const clock = { now: () => nowMs };
  Object.assign(stage, {
    replica,
    ports: { replica, settings, clock },
    held,
    put: (collection, records) =>
      stage.replica.takeTurn(async () => {
        const { store } = stage.replica.database;
        const stored = await store.find(collection, [...records.keys()]);
        await store.put(collection, records as unknown as ReadonlyMap<string, Doc | null>, stored);
      }),
    arrive: (facts) => arrive(stage, held, facts),
    async reopen() {
      stage.replica = await stage.replica.reopen();
      stage.ports = { ...stage.ports, replica: stage.replica };
    },
  } satisfies InsightStage);
}

async function arrive({ put }: InsightStage, held: Map<number, Fact>, facts: readonly Fact[]): Promise<void> {
  const told = [...new Map(facts.map((each) => [each.number, each])).values()];
  await put("calls", byId(told.map(callOf)));
  await put("insights", byId(told.map(reportOf)));
  await put("insights", new Map(told.map((each) => [`feedback-${each.number}`, feedbackOf(each)])));
  await put("insights", new Map(told.map((each) => [`shown:${each.number}`, showingOf(each)])));
  const gone = told.filter(({ fate }) => fate === "gone");
  await put("insights", new Map(gone.map(({ number }) => [`report:c${number}`, null])));
  // How it ended is said, or said anew, after the report was made.
  const again = told.filter(({ fate }) => fate === "again").map((each) => ({ ...each, won: !each.won }));
  await put("calls", byId(again.map(callOf)));
  for (const each of [...told, ...again]) held.set(each.number, each);
  for (const { number } of gone) held.delete(number);
}

export function byId(records: readonly object[]): Map<string, AnyRecord> {
  return new Map(records.map((record) => [(record as AnyRecord).id, record as AnyRecord]));
}

export type Fact = {
  number: number;
  agent: string;
  team: string;
  daysAgo: number;
  won: boolean;
  done: boolean[];
  metrics: Record<string, number>;
  fate: "kept" | "gone" | "again";
};
export const fact: fc.Arbitrary<Fact> = fc.record({
  number: fc.nat(60),
  agent: fc.constantFrom("ana", "ben", "cleo"),
  team: fc.constantFrom("north", "south"),
  daysAgo: fc.nat(70),
  won: fc.boolean(),
  done: fc.array(fc.boolean(), { maxLength: 4 }),
  metrics: fc.record(
    {
      talkShare: fc.double({ min: 0, max: 1, noNaN: true }),
      longestMonologueMs: fc.nat(200_000),
      paceWpm: fc.integer({ min: 60, max: 260 }),
    },
    { requiredKeys: [] },
  ),
  fate: fc.constantFrom("kept", "gone", "again"),
});

export function callOf({ number, agent, team, daysAgo, won }: Fact): Call {
  const startedAt = new Date(nowMs - daysAgo * dayMs).toISOString();
  return makeCall({
    id: `c${number}`,
    agentId: agent,
    teamId: team,
    startedAt,
    disposition: won ? "won" : "lost",
  });
}

/** Whoever won the call found that its first card helped; null where none came up. */
function feedbackOf(told: Fact): CardFeedback | null {
  if (told.done.length === 0) return null;
  const { id: _id, kind: _kind, ...report } = reportOf(told);
  const { callId, leadId, agentId, teamId, at, rev, createdAt, updatedAt, kept, playbook, playbookVersion } = report; // prettier-ignore
  const base = { rev, createdAt, updatedAt, kept, callId, leadId, agentId, teamId, at };
  const id = `feedback-${told.number}` as RecordId;
  return { ...base, id, kind: "card-feedback", byId: agentId as UserId, playbook, playbookVersion, card: "card-0", atMs: 0, useful: told.won }; // prettier-ignore
}

/** Of several times that a card was due, its agent saw the first one of the first card, and sent it away where they won. */
function showingOf(told: Fact): CardShown | null {
  const judged = feedbackOf(told);
  if (judged === null) return null;
  const { useful, ...about } = judged;
  const id = `shown:${told.number}` as RecordId;
  return { ...about, id, kind: "card-shown", state: useful ? "dismissed" : "shown" };
}

/** Two playbooks whose items have the same keys. */
export function playbookOf({ number }: Pick<Fact, "number">): string {
  return number % 5 === 0 ? "support" : "sales";
}

export function reportOf(told: Fact): CallReport {
  const { id: callId, agentId, teamId, startedAt } = callOf(told);
  return {
    ...{ id: `report:${callId}`, rev: 1, createdAt: startedAt, updatedAt: startedAt, kept: [] },
    ...{ kind: "report", callId, leadId: null, agentId, teamId, at: startedAt },
    ...{
      metrics: told.metrics,
      mood: [],
      playbook: playbookOf(told),
      playbookVersion: 1 + (told.number % 2),
    },
    items: told.done.map((done, index) => ({
      key: `item-${index}`,
      label: `Item ${index}`,
      atMs: done ? 1_000 : null,
    })),
    cards: told.done.map((_, index) => ({
      ...{ key: `card-${index % 2}`, title: `Card ${index % 2}`, phrase: "too dear" },
      atMs: 10_000 * index,
    })),
    moments: [
      { kind: "monologue", good: false, atMs: 5_000, endMs: 65_000, text: "Spoke a minute" },
      { kind: "praise", good: true, atMs: 70_000, endMs: 75_000, text: "Asked who decides" },
    ],
    ...{
      summary: "",
      keyPoints: [],
      actions: [],
      objections: [],
      sentiment: "",
      strengths: [],
      improvements: [],
    },
    ...{ followUp: "", score: null, scorecard: "", criteria: [], wordedBy: "rules", wordsMissing: "" },
  } as unknown as CallReport;
}
