import fc from "fast-check";
import { expect, test } from "vitest";
import { decideRoute, type Candidate, type Waiting } from "./decide-route.ts";

const rules = { ringMs: 15_000, longestWaitMs: 120_000 };
const waiting: Waiting = { since: 0, ringing: [], tried: new Set(), before: [] };
const free = (userId: string, idleSince: number): Candidate => ({
  userId,
  free: true,
  present: true,
  idleSince,
  missed: false,
});
const busy = (userId: string): Candidate => ({ ...free(userId, 0), free: false });

test("whoever has been idle for longest rings first", () => {
  expect(decideRoute(waiting, [free("ana", 50), free("ben", 20), busy("max")], rules, 100)).toEqual({
    do: "ring",
    userIds: ["ben", "ana"],
    thenAt: 15_100,
  });
});

test("who let the last call ring comes after everybody else, and is rung where there is nobody else", () => {
  const away = { ...free("ana", 10), missed: true };
  const asLong = { ...free("max", 5), missed: true };
  expect(decideRoute(waiting, [away, free("ben", 90), asLong], rules, 100)).toMatchObject({
    userIds: ["ben", "max", "ana"],
  });
  expect(decideRoute(waiting, [away, busy("ben")], rules, 100)).toMatchObject({ userIds: ["ana"] });
});

test("busy agents do not ring: the caller waits for one of them", () => {
  expect(decideRoute(waiting, [busy("ana")], rules, 100)).toMatchObject({ do: "wait" });
});

test("whoever has waited longer comes first, each at the first desk that they have not been at", () => {
  const both = [free("ana", 0), free("ben", 9)];
  const behind = (...before: string[][]): Waiting => ({
    ...waiting,
    before: before.map((tried) => new Set(tried)),
  });
  expect(decideRoute(behind([]), both, rules, 100)).toMatchObject({ do: "ring", userIds: ["ben"] });
  expect(decideRoute(behind(["ana"]), both, rules, 100)).toMatchObject({ do: "ring", userIds: ["ana"] });
  expect(decideRoute(behind(["ana", "ben"]), both, rules, 100)).toMatchObject({ userIds: ["ana", "ben"] });
  expect(decideRoute(behind([], []), both, rules, 100)).toEqual({ do: "let-pass", until: 1_100 });
  expect(decideRoute(behind([], []), [busy("ana")], rules, 100)).toMatchObject({ do: "wait" });
});

test("one desk rings at a time, and stops after its time", () => {
  const ringing = { ...waiting, ringing: [{ userId: "ana", since: 1_000 }] };
  expect(decideRoute(ringing, [free("ben", 0)], rules, 2_000)).toEqual({ do: "wait", until: 16_000 });
  expect(decideRoute(ringing, [free("ben", 0)], rules, 16_000)).toEqual({
    do: "stop-ringing",
    userIds: ["ana"],
  });
});

test("who did not pick up is not rung again for the same call", () => {
  const tried = { ...waiting, tried: new Set(["ana"]) };
  expect(decideRoute(tried, [free("ana", 0), free("ben", 9)], rules, 20_000)).toMatchObject({
    userIds: ["ben"],
  });
  expect(decideRoute(tried, [free("ana", 0)], rules, 20_000)).toEqual({ do: "overflow" });
});

test("a caller leaves a message where nobody is there, and after the longest wait", () => {
  expect(decideRoute(waiting, [], rules, 0)).toEqual({ do: "overflow" });
  expect(decideRoute(waiting, [{ ...busy("ana"), present: false }], rules, 0)).toEqual({ do: "overflow" });
  expect(decideRoute(waiting, [busy("ana")], rules, 120_000)).toEqual({ do: "overflow" });
});

test("every caller is through with it in the end, whatever people do", () => {
  const person = fc.record({
    userId: fc.constantFrom("ana", "ben", "max"),
    free: fc.boolean(),
    present: fc.boolean(),
    idleSince: fc.nat(1_000),
    missed: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(person, { selector: ({ userId }) => userId }), {
        minLength: 1,
        maxLength: 400,
      }),
      fc.array(
        fc.subarray(["ana", "ben", "max"]).map((ids) => new Set(ids)),
        { maxLength: 3 },
      ),
      (days, before) => {
        const tried = new Set<string>();
        let ringing: Waiting["ringing"] = [];
        let now = 0;
        for (let step = 0; step < 1_000; step += 1) {
          const people = days[step % days.length] ?? [];
          const decision = decideRoute({ since: 0, ringing, tried, before }, people, rules, now);
          if (decision.do === "overflow") return now <= rules.longestWaitMs + 3 * rules.ringMs;
          if (decision.do === "ring") {
            expect(tried.has(decision.userIds[0] ?? "")).toBe(false);
            ringing = [{ userId: decision.userIds[0] ?? "", since: now }];
          } else if (decision.do === "stop-ringing") {
            for (const userId of decision.userIds) tried.add(userId);
            ringing = [];
          } else {
            expect(decision.until).toBeGreaterThan(now);
            now = decision.until;
          }
        }
        return false;
      },
    ),
  );
});
