import fc from "fast-check";
import { expect, test } from "vitest";
import { someCall } from "../../../testing/coaching/some-call.ts";
import { makeCall } from "../../../testing/fakes/records.ts";
import { CallEvent } from "../../calls/call-event.ts";
import { callRules } from "../../calls/call-record.ts";
import { foldCall } from "../../calls/fold-call.ts";
import { apartOf } from "../../calls/talks.ts";
import { createLiveMetrics } from "../metrics/live-metrics.ts";
import { inputOf } from "./call-to-report.ts";
import { makeReport } from "./make-report.ts";
import type { Utterance } from "../utterance.ts";

const answeredMs = Date.parse("2026-11-21T09:00:00.000Z");
const callMs = 60_000;

/** What an agent does with a call while it lasts: holds, consultations, and colleagues who take it. */
const someDeeds = fc.array(
  fc.record({
    atMs: fc.nat(callMs - 1),
    type: fc.constantFrom("held", "resumed", "consult", "back", "given"),
  }),
  { maxLength: 8 },
);
type Deed = { atMs: number; type: "held" | "resumed" | "consult" | "back" | "given" };

test("what the overlay says of a call with holds and consultations when it ends is what its report says", () => {
  let holds = 0;
  fc.assert(
    fc.property(someCall, someDeeds, (call, deeds) => {
      const utterances = call.filter(({ startMs, endMs }) => startMs < callMs && endMs < callMs);
      const events = eventsOf(deeds);
      const live = coachLive(utterances, events);
      const line = foldCall([...events, event("ended", callMs, { why: "completed" })], callRules);
      const { answeredAt = null, startedAt = "", endedAt = null } = line ?? {};
      const record = makeCall({ id: "call", line, startedAt, answeredAt, endedAt });
      const { metrics } = makeReport(inputOf({ ...about, call: record, utterances }));
      holds += apartOf(line ?? { endedAt: null }, answeredMs).length;
      // A report is not of what came after the transcript has stopped.
      const lastsMs = metrics.durationMs ?? 0;
      expect(metrics).toEqual(live.read(lastsMs).metrics);
    }),
    { numRuns: 300 },
  );
  expect(holds).toBeGreaterThan(100);
});

const about = {
  ...{ callList: "", ticks: [], playbooks: [], scorecards: [], dispositions: [] },
  ...{ agent: null, customer: "", timeZone: "UTC" },
};

/** Words as they are said, and what becomes of the call when it does: as the desk hears of both. */
function coachLive(utterances: readonly Utterance[], events: readonly CallEvent[]) {
  const live = createLiveMetrics();
  const moments = [
    ...utterances.map((utterance) => ({ atMs: utterance.endMs, tell: () => live.hear(utterance) })),
    ...events.map((one, at) => ({
      atMs: Date.parse(one.at) - answeredMs,
      tell: () =>
        live.part(apartOf(foldCall(events.slice(0, at + 1), callRules) ?? { endedAt: null }, answeredMs)),
    })),
  ];
  for (const { atMs, tell } of moments.toSorted((a, b) => a.atMs - b.atMs)) {
    tell();
    live.read(atMs);
  }
  return live;
}

function eventsOf(deeds: readonly Deed[]): CallEvent[] {
  const begun = [
    event("offered", 0, { from: "+13125550147", to: "+17735550100", provider: "simulator" }),
    event("answered", 0, { agentId: "ana" }),
  ];
  const told = deeds
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ type, atMs }, at) => {
      const target = { kind: "agent", userId: `colleague-${at}` };
      if (type === "consult")
        return event("transfer-started", atMs, { transferId: "t", mode: "warm", target });
      if (type === "back") return event("transfer-cancelled", atMs, { transferId: "t", why: "agent" });
      return type === "given" ? event("transfer-completed", atMs, { transferId: "t" }) : event(type, atMs);
    });
  return [...begun, ...told].map((one, seq) => ({ ...one, seq, key: `CA1:${seq}` }));
}

function event(type: string, atMs: number, more: object = {}): CallEvent {
  const at = new Date(answeredMs + atMs).toISOString();
  return CallEvent.parse({
    source: "carrier:CA1",
    key: `CA1:${type}:${atMs}`,
    seq: 1_000,
    at,
    type,
    ...more,
  });
}
