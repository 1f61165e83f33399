import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Instant } from "../../entities/fields.ts";
import type { RecordId, UserId } from "../../entities/id.ts";
import { AttemptOutcome, WaitReason, type CallListEntry } from "./entry.ts";
import { nextAttempt, nextEntry, type EntryEvent, type ListRules } from "./next-entry.ts";

const start = Date.parse("2026-11-21T09:00:00.000Z");
const at = (minutes: number): Instant => new Date(start + minutes * 60_000).toISOString();
const ana = "ana" as UserId;
const ben = "ben" as UserId;
const call = (n: number) => `call-${n}` as RecordId;

const rules: ListRules = {
  maxAttempts: 3,
  retryMinutes: { "no-answer": 60, busy: 10, voicemail: 240, failed: null },
};
const fresh: CallListEntry = {
  entryId: "entry-1" as RecordId,
  list: "spring",
  leadId: "lead-1" as RecordId,
  priority: 5,
  attempts: 0,
  last: null,
  addedAt: at(0),
  now: { state: "waiting", notBefore: null, because: "new" },
};

const dialled = (entry = fresh, callId = call(1), minute = 0): CallListEntry =>
  [
    { type: "reserved", by: ana, until: at(minute + 3) } as const,
    { type: "dialled", by: ana, callId } as const,
  ].reduce<CallListEntry>((one, event) => nextEntry(one, event, rules, at(minute)), entry);

describe("what an attempt leads to", () => {
  test.each([
    ["no-answer", 60],
    ["busy", 10],
    ["voicemail", 240],
  ] as const)("%s: again after %i minutes", (outcome, minutes) => {
    const next = nextAttempt(rules, dialled(), { callId: call(1), outcome }, at(2));
    expect(next).toMatchObject({
      attempts: 1,
      last: { outcome, at: at(2), callId: call(1) },
      now: { state: "waiting", notBefore: at(2 + minutes), because: "retry" },
    });
  });

  test("an outcome without a retry ends it, as does the last attempt", () => {
    const failed = nextAttempt(rules, dialled(), { callId: call(1), outcome: "failed" }, at(1));
    expect(failed.now).toEqual({ state: "done", why: "attempts", at: at(1) });
    const third = dialled({ ...fresh, attempts: 2 });
    const last = nextAttempt(rules, third, { callId: call(1), outcome: "busy" }, at(1));
    expect(last).toMatchObject({ attempts: 3, now: { state: "done", why: "attempts" } });
  });

  test("a person who talked to us is done; a telephone that was never rung waits as before", () => {
    const reached = nextAttempt(rules, dialled(), { callId: call(1), outcome: "reached" }, at(9));
    expect(reached).toMatchObject({ attempts: 1, now: { state: "done", why: "reached" } });
    const unused = nextAttempt(rules, dialled(), { callId: call(1), outcome: "not-dialled" }, at(9));
    expect(unused).toEqual(fresh);
  });

  test("a list that allows fewer attempts than before gives nobody out who has used them up", () => {
    const entry = { ...fresh, attempts: 2 };
    const next = nextEntry(entry, { type: "reserved", by: ana, until: at(3) }, { ...rules, maxAttempts: 2 }, at(0)); // prettier-ignore
    expect(next.now).toMatchObject({ state: "done", why: "attempts" });
  });
});

test("a lease is one agent's until it ends, or until they let go: then the turn is what it was", () => {
  const held = nextEntry(fresh, { type: "reserved", by: ana, until: at(3) }, rules, at(0));
  const take = { type: "reserved", by: ben, until: at(9) } as const;
  expect(nextEntry(held, take, rules, at(2))).toBe(held);
  expect(nextEntry(held, take, rules, at(3)).now).toMatchObject({ state: "reserved", by: ben });
  expect(nextEntry(held, { type: "released" }, rules, at(1))).toEqual(fresh);
});

const userId = fc.constantFrom(ana, ben);
const callId = fc.integer({ min: 1, max: 3 }).map(call);
const minute = fc.integer({ min: 0, max: 600 });
const event: fc.Arbitrary<EntryEvent> = fc.oneof(
  fc.record({ type: fc.constant("reserved" as const), by: userId, until: minute.map(at) }),
  fc.constant({ type: "released" as const }),
  fc.record({ type: fc.constant("dialled" as const), by: userId, callId }),
  fc.record({
    type: fc.constant("called" as const),
    callId,
    outcome: fc.constantFrom(...AttemptOutcome.options, "not-dialled" as const),
  }),
  fc.record({
    type: fc.constant("put-off" as const),
    until: minute.map(at),
    because: fc.constantFrom(...WaitReason.options),
  }),
  // Ends are rare in life; were they not here too, no story would become long.
  fc.record({ type: fc.constantFrom("blocked" as const, "removed" as const) }),
  fc.record({ type: fc.constant("met" as const), callId }),
);
/** One agent's whole attempt, as it is without a disturbance; without such stories would hardly get as far as a second. */
const attempt = fc
  .record({ by: userId, callId, until: minute.map(at), outcome: fc.constantFrom(...AttemptOutcome.options) })
  .map(({ by, callId: id, until, outcome }): EntryEvent[] => [
    { type: "reserved", by, until },
    { type: "dialled", by, callId: id },
    { type: "called", callId: id, outcome },
  ]);
/** Two who want the same person. */
const contest = fc.tuple(minute, minute).map((until): EntryEvent[] => [
  { type: "reserved", by: ana, until: at(until[0]) },
  { type: "reserved", by: ben, until: at(until[1]) },
]);
const passing = fc.integer({ min: 0, max: 120 });
/** Events with the minutes that pass before each. */
const story = fc
  .array(
    fc.oneof(
      { arbitrary: attempt, weight: 3 },
      { arbitrary: contest, weight: 1 },
      { arbitrary: event.map((one) => [one]), weight: 2 },
    ),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .chain((parts) => fc.tuple(...parts.flat().map((one) => fc.tuple(fc.constant(one), passing))));
const listRules: fc.Arbitrary<ListRules> = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  retryMinutes: fc.record({
    "no-answer": fc.option(fc.integer({ min: 1, max: 120 })),
    busy: fc.option(fc.integer({ min: 1, max: 120 })),
    voicemail: fc.option(fc.integer({ min: 1, max: 120 })),
    failed: fc.option(fc.integer({ min: 1, max: 120 })),
  }),
});

type Step = { before: CallListEntry; after: CallListEntry; event: EntryEvent; now: Instant };

function play(told: readonly [EntryEvent, number][], given: ListRules): Step[] {
  const steps: Step[] = [];
  let entry = fresh;
  let minutes = 0;
  for (const [one, passed] of told) {
    minutes += passed;
    const after = nextEntry(entry, one, given, at(minutes));
    steps.push({ before: entry, after, event: one, now: at(minutes) });
    entry = after;
  }
  return steps;
}

/** Prints its seed when it fails; `seen` says that the stories held what the rule is about. */
function holds(rule: (step: Step, given: ListRules) => void, seen: (step: Step) => boolean): void {
  let met = 0;
  fc.assert(
    fc.property(story, listRules, (told, given) => {
      for (const step of play(told, given)) {
        if (seen(step)) met += 1;
        rule(step, given);
      }
    }),
    { numRuns: 300 },
  );
  expect(met).toBeGreaterThan(20);
}

describe("in any story", () => {
  test("nobody is dialled more often than allowed", () => {
    holds(
      ({ after }, { maxAttempts }) => {
        expect(after.attempts).toBeLessThanOrEqual(maxAttempts);
        if (after.now.state === "calling") expect(after.attempts).toBeLessThan(maxAttempts);
      },
      ({ after }) => after.now.state === "calling" && after.attempts > 0,
    );
  });

  test("nobody is dialled before their time, nor while somebody else has them", () => {
    const isDial = ({ before, after }: Step) =>
      after.now.state === "calling" && before.now.state !== "calling";
    holds((step) => {
      if (!isDial(step)) return;
      const { before, after, now } = step;
      if (after.now.state !== "calling" || before.now.state !== "reserved") throw new Error("not held");
      expect(before.now.by).toBe(after.now.by);
      expect((after.now.notBefore ?? now) <= now).toBe(true);
    }, isDial);
  });

  test("a hold passes to another agent only when its lease has ended", () => {
    const passes = ({ before, after }: Step) =>
      before.now.state === "reserved" && after.now.state === "reserved" && before.now.by !== after.now.by;
    holds((step) => {
      const { before, now } = step;
      if (passes(step) && before.now.state === "reserved") expect(before.now.until <= now).toBe(true);
    }, passes);
  });

  test("who is done stays done", () => {
    holds(
      ({ before, after }) => {
        if (before.now.state === "done") expect(after).toBe(before);
      },
      ({ before }) => before.now.state === "done",
    );
  });

  test("the end of a call counts once, and leads to one state", () => {
    holds(
      ({ before, after, event: told, now }, given) => {
        if (told.type !== "called") return;
        expect(nextEntry(before, told, given, now)).toEqual(after);
        expect(nextEntry(after, told, given, now)).toBe(after);
        expect(after.attempts - before.attempts).toBeLessThanOrEqual(1);
      },
      ({ before, after, event: told }) => told.type === "called" && before !== after,
    );
  });
});
