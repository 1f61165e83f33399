import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UserId } from "../../../shared/entities/id.ts";
import type { Behind } from "../../../shared/rpc/contract/insights.ts";
import {
  byId,
  everything,
  fact,
  playbookOf,
  reportOf,
  stageInsights,
  type Fact,
} from "../../../testing/insights/insight-stage.ts";
import { readCallsBehind } from "./calls-behind.ts";
import { readDistribution, readDistributions } from "./distribution.ts";

const stage = stageInsights();
const idsOf = (facts: readonly Fact[]) => facts.map(({ number }) => `c${number}`).toSorted();
const bar = (step: number): Behind => ({ of: "metric", metric: "paceWpm", step });
const item = (done: boolean, key = "item-0"): Behind => ({ of: "item", playbook: "sales", key, done });

async function idsBehind(behind: Behind, scope = everything): Promise<string[]> {
  const { listed } = await readCallsBehind(stage.ports, { ...scope, behind });
  return listed.map(({ callId }) => callId as string).toSorted();
}

test("every call lies behind one bar, on which its value lies, and behind each item that it did or skipped", async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fact, { minLength: 10, maxLength: 40 }), async (facts) => {
      await stage.arrive(facts);
      const inScope = [...stage.held.values()].filter(({ daysAgo }) => daysAgo < everything.days);
      const { bins } = await readDistribution(stage.ports, { ...everything, metric: "paceWpm" });
      const behindBars: string[] = [];
      for (const [step, { from, to, calls }] of bins.entries()) {
        const found = await readCallsBehind(stage.ports, { ...everything, behind: bar(step) });
        expect([found.calls, found.listed.length, found.bin]).toEqual([calls, calls, { from, to }]);
        const inner = step > 0 && step < bins.length - 1;
        for (const { value } of found.listed)
          expect(!inner || (Number(value) >= from - 1e-9 && Number(value) <= to + 1e-9)).toBe(true);
        behindBars.push(...found.listed.map(({ callId }) => callId as string));
      }
      const told = inScope.filter(({ metrics }) => metrics["paceWpm"] !== undefined);
      expect(behindBars.toSorted()).toEqual(idsOf(told));
      seen += behindBars.length;
      for (const done of [true, false])
        expect(await idsBehind(item(done))).toEqual(
          idsOf(inScope.filter((each) => playbookOf(each) === "sales" && each.done[0] === done)),
        );
    }),
    { numRuns: 10, endOnFailure: true },
  );
  expect(seen, "calls there were behind bars, run by run").toBeGreaterThan(20);
});

test("all metrics at once are what each is by itself, but those of which no call tells", async () => {
  const { metrics } = await readDistributions(stage.ports, everything);
  expect(metrics.map(({ metric }) => metric)).toEqual(["talkShare", "longestMonologueMs", "paceWpm"]);
  for (const { metric, ...found } of metrics)
    expect(found).toEqual(await readDistribution(stage.ports, { ...everything, metric }));
});

describe("a call that is listed", () => {
  const told = (number: number, more: Partial<Fact> = {}): Fact => ({
    ...{ number, agent: "ana", team: "north", daysAgo: 1, won: true, fate: "kept" },
    ...{ done: [true, false], metrics: { paceWpm: 150 } },
    ...more,
  });

  test("opens where the item was done; where it was not, or of a bar, at its most telling moment, else at its beginning", async () => {
    await stage.arrive([told(1), told(2)]);
    await stage.put("insights", byId([{ ...reportOf(told(2)), moments: [] }]));
    const placesOf = async (behind: Behind) => {
      const { listed, label } = await readCallsBehind(stage.ports, { ...everything, days: 7, behind });
      const places = listed.map(({ callId, atMs, text }) => [callId, atMs, text] as const);
      return { label, places: places.filter(([id]) => id === "c1" || id === "c2").toSorted() };
    };
    expect(await placesOf(item(true))).toEqual({ label: "Item 0", places: [["c1", 1_000, ""], ["c2", 1_000, ""]] }); // prettier-ignore
    expect(await placesOf(item(false, "item-1"))).toEqual({
      label: "Item 1",
      places: [["c1", 5_000, "Spoke a minute"], ["c2", 0, ""]], // prettier-ignore
    });
  });

  test("is among the fifty newest, and all are counted", async () => {
    const many = Array.from({ length: 61 }, (_, number) => told(number, { daysAgo: 1 + (number % 20), done: [true] })); // prettier-ignore
    await stage.arrive(many);
    const sales = many.filter((each) => playbookOf(each) === "sales");
    await stage.arrive(sales.map((each) => ({ ...each, number: each.number + 1_000 })));
    const found = await readCallsBehind(stage.ports, { ...everything, behind: item(true) });
    expect([found.calls, found.listed.length]).toEqual([96, 50]);
    const times = found.listed.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test("is the agent's own, whomever they ask for", async () => {
    await stage.arrive([told(3, { agent: "ben" })]);
    const me = { ...stage.replica.me, userId: "ana" as UserId, role: "agent" as const };
    const asAna = { ...stage.ports, replica: { ...stage.replica, me } };
    const scope = { ...everything, agentId: "ben" as UserId };
    const { listed } = await readCallsBehind(asAna, { ...scope, behind: item(true) });
    expect(new Set(listed.map(({ agentId }) => agentId))).toEqual(new Set(["ana"]));
    const theirs = await readCallsBehind(stage.ports, { ...scope, behind: item(true) });
    expect(theirs.listed.map(({ callId }) => callId)).toContain("c3");
  });
});

test("a bar that is not there any more has no calls", async () => {
  const found = await readCallsBehind(stage.ports, { ...everything, behind: bar(99) });
  expect(found).toEqual({ bin: null, label: "", calls: 0, listed: [] });
  const never = { of: "metric", metric: "questionsAsked", step: 0 } as const;
  expect((await readCallsBehind(stage.ports, { ...everything, behind: never })).calls).toBe(0);
});
