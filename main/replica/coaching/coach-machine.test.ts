import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import { freshCoach, nextCoach, type Coach, type CoachEvent } from "./coach-machine.ts";
import type { Signals } from "./alarm.ts";

const rules = {
  items: [{ key: "budget", label: "Ask the budget", hint: "", triggers: [] }],
  cards: ["price", "rival", "time"].map((key) => ({ key, title: key, lines: ["Say so"], staysMs: 14_000 })),
  alarms: { monologueMs: 60_000, paceWpm: 180, deadAirMs: 8_000 },
} as unknown as PlaybookRules;
const nothing: Signals = { monologueSinceMs: null, quietSinceMs: null, paceWpm: null };

const after = (events: readonly CoachEvent[], from = freshCoach) =>
  events.reduce((coach, event) => nextCoach(coach, event, rules), from);
const card = (key: string, atMs: number): CoachEvent => ({
  type: "noticed",
  noticed: { target: "card", key, atMs, phrase: `about ${key}` },
  atMs,
});
const item = (key: string, atMs: number): CoachEvent => ({
  type: "noticed",
  noticed: { target: "item", key, atMs, phrase: "" },
  atMs,
});
const passed = (atMs: number, signals: Partial<Signals> = {}): CoachEvent => ({
  type: "passed",
  atMs,
  signals: { ...nothing, ...signals },
});
const did = (deed: Extract<CoachEvent, { type: "did" }>["deed"]): CoachEvent => ({ type: "did", deed });

describe("cards", () => {
  test("one comes with what was said, and leaves by itself", () => {
    const shown = after([card("price", 5_000)]);
    expect(shown.card).toEqual({
      key: "price",
      phrase: "about price",
      saidAtMs: 5_000,
      shownAtMs: 5_000,
      leavesAtMs: 19_000,
      judged: null,
      lines: null,
    });
    expect(after([passed(18_999)], shown).card).not.toBeNull();
    expect(after([passed(19_000)], shown).card).toBeNull();
  });

  test("the newest wins, but one that has hardly been read stays for three seconds", () => {
    const old = after([card("price", 0), card("rival", 3_000)]);
    expect(old.card?.key).toBe("rival");
    const young = after([card("price", 0), card("rival", 1_000), card("time", 2_000)]);
    expect(young.card?.key).toBe("price");
    expect(after([passed(2_999)], young).card?.key).toBe("price");
    expect(after([passed(3_000)], young).card).toMatchObject({ key: "time", shownAtMs: 3_000 });
  });

  test("what comes up again while it is shown stays longer", () => {
    expect(after([card("price", 0), card("price", 10_000)]).card).toMatchObject({
      shownAtMs: 0,
      leavesAtMs: 24_000,
    });
  });

  test("a dismissed one goes at once, makes room, and does not come back", () => {
    const dismissed = after([
      card("price", 0),
      card("rival", 1_000),
      did({ do: "dismiss", card: "price", atMs: 1_500 }),
    ]);
    expect(dismissed.card?.key).toBe("rival");
    expect(after([card("price", 60_000)], dismissed).card).toBeNull();
  });

  test("one that helped stays as long as it would, one that did not goes", () => {
    const judge = (useful: boolean) =>
      after([card("price", 0), did({ do: "judge", card: "price", useful, atMs: 4_000 })]);
    expect(judge(true).card).toMatchObject({ judged: true, leavesAtMs: 14_000 });
    expect(judge(false).card).toMatchObject({ judged: false, leavesAtMs: 5_200 });
  });

  test("none comes while snoozed; the checklist goes on", () => {
    const snoozed = after([card("price", 0), did({ do: "snooze", untilMs: 60_000, atMs: 1_000 })]);
    expect(snoozed.card).toBeNull();
    const later = after([card("rival", 30_000), item("budget", 31_000)], snoozed);
    expect(later.card).toBeNull();
    expect(after([passed(59_999)], later).snoozedUntilMs).toBe(60_000);
    expect(after([passed(60_000)], later).snoozedUntilMs).toBe(0);
    expect(later.items["budget"]).toEqual({ doneAtMs: 31_000, byHand: false });
    expect(
      after([did({ do: "snooze", untilMs: 0, atMs: 40_000 }), card("rival", 40_001)], later).card?.key,
    ).toBe("rival");
  });

  test("a model's words take the place of the playbook's in that very card, while there is time to read them", () => {
    const worded = (key: string, shownAtMs: number, atMs: number): CoachEvent => ({
      ...{ type: "worded", key, shownAtMs, atMs },
      lines: ["Ask about her lease"],
    });
    const linesAfter = (...events: CoachEvent[]) => after([card("price", 1_000), ...events]).card?.lines;
    expect(linesAfter(worded("price", 1_000, 3_000))).toEqual(["Ask about her lease"]);
    expect(linesAfter(worded("rival", 1_000, 3_000))).toBeNull();
    expect(linesAfter(worded("price", 0, 3_000))).toBeNull();
    expect(linesAfter(worded("price", 1_000, 12_000))).toBeNull();
    const judged = did({ do: "judge", card: "price", useful: true, atMs: 2_000 });
    expect(linesAfter(judged, worded("price", 1_000, 3_000))).toBeNull();
  });

  test("a card that the playbook does not have is none", () => {
    expect(after([card("gone", 0)]).card).toBeNull();
  });
});

describe("the checklist", () => {
  test("ticks itself once, at the time it was said", () => {
    expect(after([item("budget", 7_000), item("budget", 9_000)]).items["budget"]?.doneAtMs).toBe(7_000);
  });

  test("what a person said stands against the rules", () => {
    const unticked = after([
      item("budget", 7_000),
      did({ do: "tick", item: "budget", done: false, atMs: 8_000 }),
    ]);
    expect(after([item("budget", 9_000)], unticked).items["budget"]).toEqual({
      doneAtMs: null,
      byHand: true,
    });
  });
});

describe("alarms", () => {
  const talking = { monologueSinceMs: 1_000 };

  test("a monologue is warned of from its limit on, with how long it has been", () => {
    expect(after([passed(60_999, talking)]).alarm).toBeNull();
    expect(after([passed(61_000, talking)]).alarm?.alarm).toEqual({
      kind: "monologue",
      value: 60_000,
    });
  });

  test("a breath does not end it, a pause does", () => {
    const raised = after([passed(61_000, talking), passed(66_000)]);
    expect(after([passed(67_000, talking)], raised).alarm?.goneSinceMs).toBeNull();
    expect(after([passed(67_400)], raised).alarm).not.toBeNull();
    expect(after([passed(67_500)], raised).alarm).toBeNull();
  });

  test("a pace around its limit does not come and go", () => {
    const fast = after([passed(40_000, { paceWpm: 185 })]);
    expect(after([passed(50_000, { paceWpm: 175 })], fast).alarm?.goneSinceMs).toBeNull();
    expect(
      after([passed(50_000, { paceWpm: 160 }), passed(52_000, { paceWpm: 160 })], fast).alarm,
    ).toBeNull();
  });

  test("silence is warned of, and nothing while the call is held", () => {
    const quiet = after([passed(9_000, { quietSinceMs: 1_000 })]);
    expect(quiet.alarm?.alarm.kind).toBe("dead-air");
    expect(after([{ type: "passed", atMs: 9_500, signals: null }], quiet).alarm).toBeNull();
  });
});

describe("whatever happens", () => {
  const key = fc.constantFrom("price", "rival", "time", "gone");
  const step = fc.oneof(
    key.map((name) => (atMs: number) => card(name, atMs)),
    fc.constant((atMs: number) => item("budget", atMs)),
    fc
      .record({
        monologueSinceMs: fc.boolean(),
        quietSinceMs: fc.boolean(),
        paceWpm: fc.integer({ min: 100, max: 250 }),
      })
      .map(
        (some) => (atMs: number) =>
          passed(atMs, {
            monologueSinceMs: some.monologueSinceMs ? Math.max(0, atMs - 61_000) : null,
            quietSinceMs: some.quietSinceMs ? Math.max(0, atMs - 9_000) : null,
            paceWpm: some.paceWpm,
          }),
      ),
  );
  const story = fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), step), { maxLength: 80 });

  test("nothing blinks: a card and an alarm stay for three seconds, and the time they were given is kept", () => {
    fc.assert(
      fc.property(story, (steps) => {
        let atMs = 60_000;
        let coach: Coach = freshCoach;
        for (const [gapMs, make] of steps) {
          atMs += gapMs;
          const before = coach;
          coach = nextCoach(coach, make(atMs), rules);
          const { card: was, alarm } = before;
          if (was && coach.card?.key !== was.key) expect(atMs - was.shownAtMs).toBeGreaterThanOrEqual(3_000);
          if (coach.card) expect(coach.card.leavesAtMs).toBeGreaterThan(atMs);
          if (alarm && coach.alarm?.alarm.kind !== alarm.alarm.kind)
            expect(atMs - alarm.shownAtMs).toBeGreaterThanOrEqual(3_000);
        }
      }),
    );
  });
});
