import { expect, test } from "vitest";
import { newCall } from "./begin-call.ts";
import { applyControl } from "./control.ts";
import { addLeg, changeCall, lineOf, type Line } from "./line.ts";

const at = new Date("2026-11-21T09:00:00.000Z");
const call = newCall({ tenantId: "t", accountId: "a", callId: "c", direction: "inbound", ours: "", theirs: "", startedAt: at }); // prettier-ignore
const up = (line: Line, id: string, role: "agent" | "customer") =>
  addLeg(line, { id, role, agentId: role === "agent" ? "ana" : null, sid: id, state: "live", answeredAt: at }, at); // prettier-ignore
const live = up(up(lineOf(call, []), "a", "agent"), "c", "customer");
const record = (line: Line, state: "on" | "paused") =>
  applyControl(line, { do: "record", state }, { userId: "ana" as never }, at);

test("a call of which nobody was told that it is recorded is not recorded", () => {
  for (const state of ["on", "paused"] as const)
    expect(record(live, state)).toMatchObject({ ok: false, error: { code: "not-possible" } });
  expect(record(changeCall(live, { recordingWanted: "on" }), "paused").ok).toBe(true);
});
