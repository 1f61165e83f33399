import { expect, test } from "vitest";
import { newCall } from "./begin-call.ts";
import { hearLeg } from "./hear-leg.ts";
import { addLeg, lineOf, type Line } from "./line.ts";
import { planSettlement } from "./plan-settlement.ts";
import { dropVoicemail, forgetDrop, hearPickedUp, noteMessage } from "./voicemail.ts";

// Lines on which a message was asked for; the whole flow is in voicemail.test.ts.
const at = new Date("2026-11-21T09:00:00.000Z");
const call = newCall({ tenantId: "t", accountId: "a", callId: "c", direction: "outbound", ours: "", theirs: "", startedAt: at }); // prettier-ignore
const up = (line: Line, id: string, role: "agent" | "customer") =>
  addLeg(line, { id, role, sid: id, state: "live", answeredAt: at }, at);
const live = up(up(lineOf(call, []), "a", "agent"), "c", "customer");

function asked(): Line {
  const dropped = dropVoicemail(live, "short", at);
  if (!dropped.ok) throw new Error(dropped.error.message);
  return dropped.value;
}

test("a machine stays on the line when the room ends before the carrier has said that the message plays", () => {
  const line = asked();
  const [desk] = line.legs;
  if (!desk) throw new Error("there is a leg");
  const gone = hearLeg(line, desk, { sid: "a", status: "completed", seq: 9, at, machine: false });
  expect(gone.legs.find(({ role }) => role === "customer")).toMatchObject({ wanted: true, state: "live" });
  const left = noteMessage(gone, false, at);
  expect(left.said).toEqual([
    { by: "server", key: "message-left", fact: { type: "ended", why: "voicemail" } },
  ]);
  expect(planSettlement(left)).toEqual([]);
});

test("the tone may come while the carrier is told to wait for it: the message is played, and the call ended once", () => {
  const line = { ...asked(), call: { ...asked().call, pickedUpBy: "awaited" as const } };
  const [step] = planSettlement(line);
  expect(step).toMatchObject({ do: "voicemail", waits: true });
  const [, machine] = line.legs;
  if (!machine) throw new Error("there is a leg");
  const heard = noteMessage(hearPickedUp(line, machine, "machine"), true, at);
  expect(planSettlement(heard)).toMatchObject([{ do: "voicemail", waits: false }, { do: "hang-up" }]);
  const over = hearLeg(heard, machine, { sid: "c", status: "completed", seq: 9, at, machine: true });
  expect([...over.said].map(({ fact }) => fact.type)).toEqual(["machine-detected", "ended"]);
});

test("a line is as before when the carrier would not, unless it came about, or its agent went away on it", () => {
  const line = asked();
  expect(line.call).toMatchObject({ voicemailAt: at, greeting: "short" });
  expect(forgetDrop(line).call).toMatchObject({ voicemailAt: null, greeting: "" });
  expect(forgetDrop({ ...line, call: { ...line.call, voicemailTold: true } }).call.voicemailAt).toBe(at);
  expect(
    forgetDrop({ ...line, legs: line.legs.filter(({ role }) => role !== "agent") }).call.voicemailAt,
  ).toBe(at);
});

test("a caller's own call, and one with others in it, take no message", () => {
  expect(dropVoicemail({ ...live, call: { ...call, direction: "inbound" } }, "short", at).ok).toBe(false);
  const third = addLeg(live, { id: "p", role: "party", sid: "p", state: "live" }, at);
  expect(dropVoicemail(third, "short", at).ok).toBe(false);
  expect(dropVoicemail({ ...live, call: { ...call, overAt: at } }, "short", at).ok).toBe(false);
});
