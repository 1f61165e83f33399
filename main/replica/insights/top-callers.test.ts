import { describe, expect, test } from "vitest";
import type { TeamId } from "../../../shared/entities/id.ts";
import { everything, stageInsights, type Fact } from "../../../testing/insights/insight-stage.ts";
import { readTopCallers } from "./top-callers.ts";

// Five agents. Ana and Ben win most, so they are the top quarter of five, rounded up; Eve wins all of her 19 calls, which
// are one too few.

const stage = stageInsights(() =>
  stage.arrive([
    ...callsOf("ana", { first: 0, won: 16, share: [0.2, 0.4], done: 15 }),
    ...callsOf("ben", { first: 100, won: 12, share: [0.2, 0.4], done: 15 }),
    ...callsOf("cleo", { first: 200, won: 4, share: [0.4, 0.8], done: 5 }),
    ...callsOf("dan", { first: 300, won: 2, share: [0.4, 0.8], done: 5 }),
    ...callsOf("fay", { first: 400, won: 0, share: [0.4, 0.8], done: 5 }),
    ...callsOf("eve", { first: 500, calls: 19, won: 19, share: [0.9, 0.9], done: 0 }),
  ]),
);

type Habits = {
  first: number;
  calls?: number;
  won: number;
  share: [number, number];
  done: number;
  team?: string;
  daysAgo?: number;
};

/** Calls of the playbook "sales": half of them with the one talk share, half with the other. */
function callsOf(
  agent: string,
  { first, calls = 20, won, share, done, team = "north", daysAgo = 3 }: Habits,
): Fact[] {
  return Array.from({ length: calls }, (_, at) => ({
    // Numbers that five divides are of another playbook.
    number: first + at + Math.floor(at / 4) + 1,
    ...{ agent, team, daysAgo, fate: "kept" as const },
    won: at < won,
    done: [at < done],
    metrics: { talkShare: share[at % 2] ?? 0, paceWpm: 150 },
  }));
}

describe("what top callers do differently", () => {
  test("the best quarter's mean beside the others', with Cohen's d over their calls and its sign", async () => {
    const { top, others, differences } = await readTopCallers(stage.ports, everything);
    expect([top, others]).toEqual([2, 3]);

    // Squares around both means over 40 + 60 - 2: 40 calls 0.1 off 0.3, 60 calls 0.2 off 0.6.
    const ofShare = -0.3 / Math.sqrt((40 * 0.1 ** 2 + 60 * 0.2 ** 2) / 98);
    // Done in 30 of 40 and in 15 of 60: p(1 - p) is 0.1875 on both sides.
    const ofItem = 0.5 / Math.sqrt((100 * 0.1875) / 98);
    expect(differences.map(({ of }) => of)).toEqual(["talkShare", "item:sales/item-0"]);
    const [talk, item] = differences;
    expect(talk).toMatchObject({ top: expect.closeTo(0.3), others: expect.closeTo(0.6) });
    expect([talk?.effect, ofShare]).toEqual([
      expect.closeTo(-1.7748, 4),
      expect.closeTo(talk?.effect ?? 0, 9),
    ]);
    expect(item).toMatchObject({ label: "Item 0", top: 0.75, others: 0.25 });
    expect([item?.effect, ofItem]).toEqual([expect.closeTo(1.1431, 4), expect.closeTo(item?.effect ?? 0, 9)]);
  });

  test("one whose calls are 19 is neither, and with the twentieth is the best of six", async () => {
    expect((await readTopCallers(stage.ports, everything)).top).toBe(2);
    await stage.arrive(callsOf("eve", { first: 500, won: 20, share: [0.9, 0.9], done: 0 }));
    const { top, others, differences } = await readTopCallers(stage.ports, everything);
    expect([top, others]).toEqual([2, 4]);
    // Eve and Ana: 0.9 and 0.3, of twenty calls each.
    expect(differences.find(({ of }) => of === "talkShare")?.top).toBeCloseTo(0.6, 9);
  });

  test("of three agents nothing is said, and of calls that lie before the period neither", async () => {
    const habits = { won: 10, share: [0.1, 0.9], done: 5, team: "south" } satisfies Partial<Habits>;
    await stage.arrive(["gus", "hal", "ina"].flatMap((agent, at) => callsOf(agent, { ...habits, first: 600 + at * 100 }))); // prettier-ignore
    const south = { ...everything, teamId: "south" as TeamId };
    expect(await readTopCallers(stage.ports, south)).toEqual({ top: 0, others: 3, differences: [] });
    await stage.arrive(callsOf("jon", { ...habits, first: 900, daysAgo: 40 }));
    expect(await readTopCallers(stage.ports, south)).toEqual({ top: 0, others: 3, differences: [] });
    await stage.arrive(callsOf("jon", { ...habits, first: 900 }));
    expect(await readTopCallers(stage.ports, south)).toMatchObject({ top: 1, others: 3 });
  });
});
