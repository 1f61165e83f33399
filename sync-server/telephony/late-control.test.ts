import { expect, test } from "vitest";
import type { CallControl } from "../../shared/calls/server-wire.ts";
import { newCall } from "./begin-call.ts";
import { applyControl } from "./control.ts";
import { judgeLate } from "./late-control.ts";
import { addLeg, changeCall, changeLeg, lineOf, type Line } from "./line.ts";
import { planSettlement } from "./plan-settlement.ts";

// Ana talks to a customer; what she asks for then, the carrier does not do in time.
const at = new Date("2026-11-21T09:00:00.000Z");
const call = newCall({ tenantId: "t", accountId: "a", callId: "c", direction: "inbound", ours: "", theirs: "", startedAt: at }); // prettier-ignore
const up = (line: Line, id: string, role: "agent" | "customer") =>
  addLeg(line, { id, role, agentId: role === "agent" ? "ana" : null, sid: id, state: "live", answeredAt: at }, at); // prettier-ignore
const live = changeCall(up(up(lineOf(call, []), "a", "agent"), "c", "customer"), {
  recording: "on",
  recordingWanted: "on",
});
const settled = (line: Line) => planSettlement(line).length === 0;

const toBen = { do: "transfer", transferId: "t1", mode: "warm", target: { kind: "agent", userId: "ben" } } as CallControl; // prettier-ignore
const third = { do: "add-party", partyId: "p1", target: { kind: "number", number: "+13125550177" } } as CallControl; // prettier-ignore

function ask(control: CallControl, line = live): Line {
  const applied = applyControl(line, control, { userId: "ana" as never }, at);
  if (!applied.ok) throw new Error(applied.error.message);
  return applied.value;
}
const late = (line: Line, control: CallControl) => judgeLate(line, control, "ana");

test.each<CallControl>([
  { do: "hold", on: true },
  { do: "record", state: "paused" },
  { do: "monitor", role: "listen" },
  toBen,
  third,
])("$do that the carrier never began is taken back whole", (control) => {
  const by = control.do === "monitor" ? ("max" as never) : ("ana" as never);
  const applied = applyControl(live, control, { userId: by }, at);
  if (!applied.ok) throw new Error(applied.error.message);
  expect(settled(applied.value)).toBe(false);
  const judged = judgeLate(applied.value, control, by);
  if (judged.is !== "undone") throw new Error(`it is ${judged.is}`);
  const left = planSettlement(judged.line).map((step) => step.do);
  expect(left.filter((step) => step !== "give-up")).toEqual([]);
  expect(judged.line.call).toMatchObject({ holdWanted: false, recordingWanted: "on" });
});

test("a transfer that the carrier never began says nothing of its target: nobody knows whether their phone is on", () => {
  const judged = late(ask(toBen), toBen);
  if (judged.is !== "undone") throw new Error(`it is ${judged.is}`);
  expect(judged.line.said.at(-1)?.fact).toMatchObject({ type: "transfer-cancelled", why: "agent" });
});

test("a transfer whose target is being rung goes on, and its asker is told so by the call itself", () => {
  const line = ask(toBen);
  const leg = line.legs.find(({ role }) => role === "transfer");
  const rung = changeLeg(changeCall(line, { held: true }), leg?.id ?? "", { askedAt: at, sid: "b" });
  expect(late(rung, toBen)).toEqual({ is: "done" });
});

test("a transfer of which nobody knows whether its target is being rung is taken back, and whatever rings is looked for", () => {
  const line = ask(toBen);
  const leg = line.legs.find(({ role }) => role === "transfer");
  const judged = late(changeLeg(line, leg?.id ?? "", { askedAt: at }), toBen);
  if (judged.is !== "undone") throw new Error(`it is ${judged.is}`);
  expect(planSettlement(judged.line)).toMatchObject([{ do: "find", leg: { wanted: false } }]);
});

test("what has come about is done, whatever else the carrier still owes", () => {
  const held = changeCall(ask({ do: "hold", on: true }), { held: true });
  expect(late(held, { do: "hold", on: true })).toEqual({ is: "done" });
  const paused = changeCall(ask({ do: "record", state: "paused" }), { recording: "paused" });
  expect(late(paused, { do: "record", state: "paused" })).toEqual({ is: "done" });
});

test.each<CallControl>([
  { do: "hold", on: false },
  { do: "cancel-transfer", transferId: "t1" },
  { do: "hang-up" },
])("$do must come about: it goes on being tried, and the refusal says so", (control) => {
  const waiting = changeCall(live, { held: true, holdWanted: true });
  const judged = late(ask(control, waiting), control);
  expect(judged).toEqual({ is: "goes-on", message: expect.stringContaining("as soon as it does") });
});
