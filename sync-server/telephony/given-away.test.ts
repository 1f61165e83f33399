import { expect, test } from "vitest";
import { newCall } from "./begin-call.ts";
import { addLeg, changeCall, changeLeg, lineOf, type Line } from "./line.ts";
import type { NoticeOf } from "./notices.ts";
import { planSettlement } from "./plan-settlement.ts";
import { isSaidToOthers } from "./transcript/write-transcript.ts";
import { completeTransfer, startTransfer } from "./transfer.ts";

// Ana talks to a caller, whose call is recorded and written down, and gives them away.
const answeredAt = new Date("2026-11-21T09:00:00.000Z");
const givenAt = new Date("2026-11-21T09:05:00.000Z");
const call = newCall({ tenantId: "t", accountId: "a", callId: "c", direction: "inbound", ours: "", theirs: "", startedAt: answeredAt }); // prettier-ignore
const up = (line: Line, id: string, role: "agent" | "customer") =>
  addLeg(line, { id, role, agentId: role === "agent" ? "ana" : null, sid: id, state: "live", answeredAt }, answeredAt); // prettier-ignore
const live = changeCall(up(up(lineOf(call, []), "agent", "agent"), "caller", "customer"), {
  recordingWanted: "on",
  recording: "on",
});
const outside = { kind: "number", number: "+442079460118" } as const;
const colleague = { kind: "agent", userId: "ben" as never } as const;

function given(target: typeof outside | typeof colleague): Line {
  const wish = { transferId: "t1", mode: "warm", target, by: "ana" } as const;
  const started = startTransfer(live, wish, "target", answeredAt);
  if (!started.ok) throw new Error(started.error.message);
  const held = changeCall(started.value, { held: true });
  const asked = changeLeg(held, "target", { sid: "target", state: "live", answeredAt: givenAt });
  return completeTransfer(asked, "t1", givenAt);
}
const stepsOf = (line: Line) => planSettlement(line).map((step) => step.do);

test("the caller is heard again, and nothing of the call is kept any more before the last of us leaves it", () => {
  const steps = stepsOf(given(outside));
  expect(steps[0]).toBe("hold");
  expect(steps.slice(-3)).toEqual(["record", "stop-listening", "hang-up"]);
  expect(given(outside).call.overAt).toEqual(givenAt);
});

test.each([
  ["was never begun", "off", []],
  ["is paused", "paused", ["record"]],
  ["nobody knows of, because an answer was lost", null, ["record"]],
] as const)("a recording that %s is ended where there may be one", (_, recording, steps) => {
  const line = changeCall(given(outside), { recording, announce: true });
  expect(stepsOf(line).filter((step) => step === "record")).toEqual(steps);
});

test("what was done is not done again, and not begun again either", () => {
  const done = changeCall(given(outside), { recording: "off", transcribedBy: "nobody" });
  expect(stepsOf(done)).not.toContain("record");
  expect(stepsOf(done)).not.toContain("stop-listening");
});

test("a call that a colleague has now is recorded and written down as before", () => {
  const steps = stepsOf(given(colleague));
  expect(steps).not.toContain("record");
  expect(steps).not.toContain("stop-listening");
  expect(given(colleague).call.overAt).toBeNull();
});

const told = (startedAt: Date, at = startedAt): NoticeOf<"transcript"> => ({
  ...{ kind: "transcript", legId: "caller", sid: "caller", track: "said", session: "", seq: 3, final: true },
  ...{ text: "words", at: at.toISOString(), startedAt: startedAt.toISOString(), timing: [] },
});
const after = (ms: number) => new Date(givenAt.getTime() + ms);

test("what was said before is ours however late it is told, and what is said after that is not", () => {
  const line = given(outside);
  expect(isSaidToOthers(line, told(after(-2_000), after(1_500)), after(4_000))).toBe(false);
  expect(isSaidToOthers(line, told(after(0)), after(500))).toBe(true);
  // By a clock that is an hour behind.
  expect(isSaidToOthers(line, told(after(-3_600_000)), after(500))).toBe(true);
  for (const ours of [given(colleague), live, changeCall(live, { overAt: givenAt })])
    expect(isSaidToOthers(ours, told(after(1_000)), after(1_500))).toBe(false);
});
