import { expect, test } from "vitest";
import { newCall } from "./begin-call.ts";
import { permittedLine, runsThroughServer } from "./own-exchange.ts";
import { planSettlement } from "./plan-settlement.ts";

test("a call that a desk places at the exchange leaves nothing here that could end it, and keeps who placed it", () => {
  const now = new Date("2026-11-21T09:00:00.000Z");
  const given = { tenantId: "one", accountId: "pbx", callId: "call-1", direction: "outbound" as const };
  const call = newCall({ ...given, ours: "", theirs: "+442079460018", startedAt: now });
  const line = permittedLine(
    call,
    { id: "leg-1", role: "agent", agentId: "ana" as never, askedAt: now },
    now,
  );
  expect(planSettlement(line)).toEqual([]);
  expect(line.jobs.map(({ kind }) => kind)).not.toContain("reconcile");
  expect(line.call.overAt).toEqual(now);
  expect(line.legs).toMatchObject([{ agentId: "ana", state: "ended", wanted: false }]);
});

test("only a company's own exchange is reached without the server", () => {
  expect((["twilio", "simulator", "sip"] as const).filter((provider) => !runsThroughServer({ provider }))).toEqual(["sip"]); // prettier-ignore
});
