import fc from "fast-check";
import { expect, test } from "vitest";
import { CallEvent, ReportedEvent } from "./call-event.ts";
import { foldCall } from "./fold-call.ts";

// Ana has put one caller on hold and talks to another: the second goes on in the call of the first.

const rules = { wrapUpMs: 120_000 };
const second = (n: number) => new Date(Date.parse("2026-11-23T09:00:00.000Z") + 1_000 * n).toISOString();

function story(source: string, ...told: [atSecond: number, fact: object][]): CallEvent[] {
  return told.map(([at, fact], seq) =>
    CallEvent.parse({ source, key: `${source}:${seq}`, seq, at: second(at), ...fact }),
  );
}

const number = { from: "+13125550148", to: "+17735550100", provider: "simulator" };
const merged = [
  ...story(
    "carrier:CA2",
    [0, { type: "offered", ...number }],
    [4, { type: "answered", agentId: "ana" }],
    // Their telephone goes on, in another call: the carrier tells its end of that.
    [90, { type: "recording-ready", recording: "re-2", durationMs: 40_000 }],
  ),
  ...story("server:line", [44, { type: "ended", why: "completed", mergedInto: "call-1" }]),
  ...story("device:ana", [45, { type: "ended", why: "completed" }]),
];

test("a call that was merged into another is over at once, with no wrap-up of its own while its agent talks on, whatever is heard in whatever order", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(merged, { minLength: merged.length }), (events) => {
      expect(foldCall(events, rules)).toMatchObject({
        agentId: "ana",
        answeredAt: second(4),
        endedAt: second(44),
        talks: [{ agentId: "ana", from: second(4), to: second(44) }],
        recordingKey: "re-2",
        mergedInto: "call-1",
        phase: { phase: "ended", why: "completed" },
      });
    }),
  );
});

test("a desk that loses its line to it by that, and tells so first, keeps nobody in a wrap-up", () => {
  const told = merged.map((event) => (event.source === "device:ana" ? { ...event, at: second(43) } : event));
  const before = told.filter(({ source }) => source !== "server:line");
  expect(foldCall(before, rules)).toMatchObject({ phase: { phase: "wrap-up" } });
  expect(foldCall(told, rules)).toMatchObject({
    mergedInto: "call-1",
    phase: { phase: "ended", since: second(44) },
  });
});

test("the call that they go on in knows which one they came from, and is wrapped up when it ends", () => {
  const target = { kind: "number", number: number.from };
  const joined = { type: "party-joined", partyId: "p1", target, role: "party", fromCall: "call-2" };
  const talk = [
    [0, { type: "offered", ...number, from: "+13125550147" }],
    [3, { type: "answered", agentId: "ana" }],
    [10, { type: "held" }],
    [44, { type: "resumed" }],
    [45, joined],
  ] satisfies [number, object][];
  const together = foldCall(story("server:line", ...talk), rules);
  expect(together).toMatchObject({
    phase: { phase: "conference" },
    parties: [{ partyId: "p1", fromCall: "call-2" }],
  });
  expect(together).not.toHaveProperty("mergedInto");
  const over = foldCall(story("server:line", ...talk, [99, { type: "ended", why: "completed" }]), rules);
  expect(over).toMatchObject({ parties: [], phase: { phase: "wrap-up", why: "completed" } });
});

test("which calls were merged is the server's to tell: no desk can say so", () => {
  const [end] = story("device:ana", [45, { type: "ended", why: "completed" }]);
  expect(ReportedEvent.safeParse(end).success).toBe(true);
  expect(ReportedEvent.safeParse({ ...end, mergedInto: "call-1" }).success).toBe(false);
});
