import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TeamId, UserId } from "../../../shared/entities/id.ts";
import {
  byId,
  everything,
  fact,
  playbookOf,
  reportOf,
  stageInsights,
  type Fact,
} from "../../../testing/insights/insight-stage.ts";
import { readAdherence, weigh } from "./adherence.ts";
import { callFacts } from "./call-facts.ts";
import { cardShowings } from "./card-showings.ts";
import { readCards } from "./cards.ts";
import { readDistribution } from "./distribution.ts";
import { medianOf } from "./figures.ts";
import { readMoments } from "./moments.ts";
import { readOverview } from "./overview.ts";
import type { InsightScope } from "./scope.ts";

const stage = stageInsights();

const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

function slowFigures(facts: readonly Fact[]) {
  const metric = (name: string) => facts.flatMap(({ metrics }) => metrics[name] ?? []);
  const items = facts.flatMap(({ done }) => done);
  return {
    talkShare: mean(metric("talkShare")),
    longestTurn: medianOf(metric("longestMonologueMs")),
    pace: mean(metric("paceWpm")),
    checklist: items.length === 0 ? null : items.filter(Boolean).length / items.length,
    outcome: facts.length === 0 ? null : (100 * facts.filter(({ won }) => won).length) / facts.length,
  };
}

function expectFigures(found: Record<string, number | null>, wanted: Record<string, number | null>): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (value === null) expect([name, found[name]]).toEqual([name, null]);
    else expect(found[name], name).toBeCloseTo(value, 6);
  }
}

const nowOf = (figures: Record<string, { now: number | null }>) =>
  Object.fromEntries(Object.entries(figures).map(([name, { now }]) => [name, now]));

test("dashboards say what a slow look at every report says, whatever came, changed and went", async () => {
  const scope = fc.record({
    teamId: fc.constantFrom(null, "north" as TeamId),
    agentId: fc.constantFrom(null, "ana" as UserId),
    version: fc.nat(2),
    days: fc.constantFrom(7, 28),
  });
  let held = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fact, { minLength: 1, maxLength: 40 }), scope, async (facts, chosen) => {
      await stage.arrive(facts);
      const wanted = { ...everything, ...chosen, playbook: chosen.version === 0 ? "" : "sales" };
      const all = [...stage.held.values()];
      held += all.length;
      const ofEverybody = all.filter(
        ({ team, number }) =>
          (chosen.teamId === null || team === chosen.teamId) &&
          (chosen.version === 0 ||
            (playbookOf({ number }) === "sales" && 1 + (number % 2) === chosen.version)),
      );
      const during = ({ daysAgo }: Fact) => daysAgo < chosen.days;
      const mine = ({ agent }: Fact) => chosen.agentId === null || agent === chosen.agentId;
      const found = await readOverview(stage.ports, wanted);
      const ofNow = ofEverybody.filter(during);
      const inScope = ofNow.filter(mine);
      expect([found.calls, found.callsOnDevice]).toEqual([inScope.length, all.length]);
      expectFigures(nowOf(found.whole), slowFigures(inScope));
      const groups = [...Map.groupBy(ofNow, ({ agent }) => agent)];
      expect(found.agents.map(({ userId }) => userId).toSorted()).toEqual(
        groups.map(([agent]) => agent).toSorted(),
      );
      for (const { userId, figures } of found.agents)
        expectFigures(nowOf(figures), slowFigures(ofNow.filter(({ agent }) => agent === userId)));
      const medians = groups.map(([, own]) => slowFigures(own));
      expectFigures(found.medians, {
        talkShare: medianOf(medians.map(({ talkShare }) => talkShare)),
        checklist: medianOf(medians.map(({ checklist }) => checklist)),
      });
      expect(found.weeks.map(({ calls }) => calls)).toEqual(
        Array.from({ length: 12 }, (_, week) => {
          const oldest = 7 * (12 - week) - 1;
          return ofEverybody.filter(mine).filter(({ daysAgo }) => daysAgo <= oldest && daysAgo > oldest - 7)
            .length;
        }),
      );
      await expectAdherence(wanted, inScope, ofEverybody.filter(mine));
      await expectDistribution(wanted, inScope);
      await expectCards(wanted, inScope);
    }),
    { numRuns: 15, endOnFailure: true },
  );
  expect(held, "calls there were to reckon with, run by run").toBeGreaterThan(20);
});

async function expectAdherence(
  scope: InsightScope,
  facts: readonly Fact[],
  ever: readonly Fact[],
): Promise<void> {
  const { items } = await readAdherence(stage.ports, scope);
  const having = (playbook: string, index: number) => (each: Fact) =>
    playbookOf(each) === playbook && each.done.length > index;
  const names = ["sales", "support"].flatMap((playbook) =>
    [0, 1, 2, 3]
      .filter((index) => facts.some(having(playbook, index)))
      .map((index) => `${playbook} item-${index}`),
  );
  expect(items.map(({ playbook, key }) => `${playbook} ${key}`).toSorted()).toEqual(names);
  for (const { playbook, playbookLabel, key, label, weeks, ...found } of items) {
    const index = Number(key.at(-1));
    const thisWeek = ever.filter((each) => each.daysAgo < 7 && having(playbook, index)(each));
    const share = mean(thisWeek.map(({ done }) => Number(done[index])));
    if (share === null) expect(weeks.at(-1)).toBeNull();
    else expect(weeks.at(-1)).toBeCloseTo(share, 9);
    const calls = facts.filter(having(playbook, index));
    const done = calls.filter((each) => each.done[index]);
    const skipped = calls.filter((each) => !each.done[index]);
    const won = (some: readonly Fact[]) => some.filter((each) => each.won).length;
    expect([label, playbookLabel]).toEqual([
      `Item ${index}`,
      playbook === "sales" ? "Sales call" : "support",
    ]);
    expect(found).toEqual(
      weigh({ done: done.length, skipped: skipped.length, wonDone: won(done), wonSkipped: won(skipped) }),
    );
  }
}

async function expectCards(scope: InsightScope, facts: readonly Fact[]): Promise<void> {
  const { cards } = await readCards(stage.ports, scope);
  // A feedback that came again is of how the call ended first.
  const firstWon = ({ fate, won }: Fact) => (fate === "again" ? !won : won);
  const wanted = ["sales", "support"].flatMap((playbook) =>
    [0, 1].flatMap((which) => {
      const times = ({ done }: Fact) => done.filter((_, index) => index % 2 === which).length;
      const own = facts.filter((each) => playbookOf(each) === playbook && times(each) > 0);
      const judged = which === 0 ? own : [];
      // Whoever judged it has seen it, and sent it away where it helped.
      const counts = (some: readonly Fact[]) => {
        const useful = some.filter(firstWon).length;
        return { shown: some.length, dismissed: useful, useful, notUseful: some.length - useful };
      };
      const due = (some: readonly Fact[]) => some.reduce((sum, each) => sum + times(each), 0);
      const agents = [...Map.groupBy(own, ({ agent }) => agent)].map(([userId, some]) => ({ userId, due: due(some), calls: some.length, ...counts(which === 0 ? some : []) })); // prettier-ignore
      const came = cameOf(
        facts.filter((each) => playbookOf(each) === playbook),
        own,
      );
      const card = { ...came, playbook, key: `card-${which}`, title: `Card ${which}`, due: due(own), calls: own.length, ...counts(judged) }; // prettier-ignore
      return own.length === 0 ? [] : [{ ...card, agents: expect.arrayContaining(agents) }];
    }),
  );
  expect(cards).toHaveLength(wanted.length);
  expect(cards).toEqual(expect.arrayContaining(wanted.map((card) => expect.objectContaining(card))));
  for (const { moments, useful, notUseful } of cards)
    expect(moments).toHaveLength(Math.max(1, Math.min(10, useful + notUseful)));
}

/** Of a card: `own` are the calls in which it was due. */
function cameOf(ofPlaybook: readonly Fact[], own: readonly Fact[]) {
  const won = (some: readonly Fact[]) => some.filter((each) => each.won).length;
  const { outcomeDone, outcomeSkipped, gain, unsure } = weigh({
    ...{ done: own.length, skipped: ofPlaybook.length - own.length },
    ...{ wonDone: won(own), wonSkipped: won(ofPlaybook) - won(own) },
  });
  return { outcomeWith: outcomeDone, outcomeWithout: outcomeSkipped, gain, unsure };
}

async function expectDistribution(scope: InsightScope, facts: readonly Fact[]): Promise<void> {
  const found = await readDistribution(stage.ports, { ...scope, metric: "paceWpm" });
  const values = facts.flatMap(({ metrics }) => metrics["paceWpm"] ?? []);
  expect(found.calls).toBe(values.length);
  expect(found.spread?.median ?? null).toBe(medianOf(values));
  expect(found.bins.reduce((sum, { calls }) => sum + calls, 0)).toBe(values.length);
}

test("facts that were lost are made anew from the reports", async () => {
  const read = () => stage.replica.reads.sql(`select * from ${callFacts} order by call_id`);
  const before = await read();
  expect(before.length).toBe(stage.held.size);
  await stage.replica.database.sql(`drop table ${callFacts}`);
  await stage.reopen();
  expect(await read()).toEqual(before);
});

test("what has the id of a report or a showing and is none keeps nothing else from being written", async () => {
  const read = (table: string) => stage.replica.reads.sql(`select * from ${table} order by 1`);
  const [facts, showings] = [await read(callFacts), await read(cardShowings)];
  const odd: Fact = { number: 99, agent: "ana", team: "north", daysAgo: 1, won: true, done: [], metrics: {}, fate: "kept" }; // prettier-ignore
  const { id: _id, rev, createdAt, updatedAt, kept, leadId, agentId, teamId, at } = reportOf(odd);
  const base = { rev, createdAt, updatedAt, kept, leadId, agentId, teamId, at, byId: "ana", atMs: 1_000 };
  const comment = { ...base, kind: "comment", callId: "c1", text: "Mine" };
  const shown = { ...base, kind: "card-shown", playbook: "sales", playbookVersion: 1, card: "card-0", state: "shown" }; // prettier-ignore
  await stage.put(
    "insights",
    byId([
      { ...comment, id: "report:c99" },
      { ...comment, id: "shown:comment" },
      { ...shown, id: "shown:no-call", callId: null },
      { ...shown, id: "shown:no-card", callId: "c1", card: undefined },
      { ...shown, id: "shown:whole", callId: "c1", state: undefined },
    ]),
  );
  expect(await read(callFacts)).toEqual(facts);
  const whole = { id: "shown:whole", call_id: "c1", agent_id: "ana", playbook: "sales", key: "card-0", dismissed: false }; // prettier-ignore
  expect(await read(cardShowings)).toEqual([...showings, whole]);
  await stage.put("insights", new Map([["shown:whole", null]]));
  expect(await read(cardShowings)).toEqual(showings);
});

test("a gain says something only with enough calls and beyond chance", () => {
  expect(weigh({ done: 0, skipped: 9, wonDone: 0, wonSkipped: 1 })).toMatchObject({
    outcomeDone: null,
    gain: null,
    unsure: true,
  });
  expect(weigh({ done: 19, skipped: 90, wonDone: 19, wonSkipped: 0 }).unsure).toBe(true);
  expect(weigh({ done: 100, skipped: 100, wonDone: 30, wonSkipped: 10 })).toMatchObject({
    gain: 20,
    unsure: false,
  });
  expect(weigh({ done: 100, skipped: 100, wonDone: 12, wonSkipped: 10 }).unsure).toBe(true);
});

describe("an agent", () => {
  test("gets their own line and the team's median, whomever they ask for", async () => {
    const me = { ...stage.replica.me, userId: "ana" as UserId, role: "agent" as const };
    const asAna = { ...stage.ports, replica: { ...stage.replica, me } };
    const theirs = await readOverview(asAna, { ...everything, agentId: "ben" as UserId, days: 70 });
    const all = await readOverview(stage.ports, { ...everything, days: 70 });
    expect(theirs.agents.map(({ userId }) => userId)).toEqual(["ana"]);
    expect(theirs.medians).toEqual(all.medians);
    const { moments } = await readMoments(asAna, { ...everything, agentId: "ben" as UserId, days: 70 });
    expect(new Set(moments.map(({ agentId }) => agentId))).toEqual(new Set(["ana"]));
  });
});
