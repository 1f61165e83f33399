import fc from "fast-check";
import { expect, test } from "vitest";
import { newCall } from "./begin-call.ts";
import { applyControl, type LineControl } from "./control.ts";
import { judgeLate } from "./late-control.ts";
import { addLeg, changeCall, changeLeg, lineOf, type Line } from "./line.ts";
import { planSettlement } from "./plan-settlement.ts";
import { askedIn, withheld } from "./recording-terms.ts";
import { completeTransfer } from "./transfer.ts";

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

const toBen = { do: "transfer", transferId: "t1", mode: "warm", target: { kind: "agent", userId: "ben" } } as LineControl; // prettier-ignore
const third = { do: "add-party", partyId: "p1", target: { kind: "number", number: "+13125550177" } } as LineControl; // prettier-ignore

function ask(control: LineControl, line = live): Line {
  const applied = applyControl(line, control, { userId: "ana" as never }, at);
  if (!applied.ok) throw new Error(applied.error.message);
  return applied.value;
}
const late = (line: Line, control: LineControl) => judgeLate(line, control, "ana");

test.each<LineControl>([
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

test.each<LineControl>([
  { do: "hold", on: false },
  { do: "cancel-transfer", transferId: "t1" },
  { do: "hang-up" },
])("$do must come about: it goes on being tried, and the refusal says so", (control) => {
  const waiting = changeCall(ask(toBen), { held: true });
  const judged = late(ask(control, waiting), control);
  expect(judged).toEqual({ is: "goes-on", message: expect.stringContaining("as soon as it does") });
});

const hold = (on: boolean) => ({ do: "hold", on }) as const;
const record = (state: "on" | "paused") => ({ do: "record", state }) as const;
const consent = (answer: "given" | "refused") => ({ do: "consent", answer }) as const;
const paused = { recording: "paused", recordingWanted: "paused" } as const;

/** Where it may not be asked for, nothing changes. */
function tryTo(control: LineControl, line: Line): Line {
  const applied = applyControl(line, control, { userId: "ana" as never }, at);
  return applied.ok ? applied.value : line;
}
/** Somebody from where the law wants a clear yes is asked in. */
const asksIn = (line: Line) => askedIn(line, tryTo(third, line), "ask");
/** A number outside has the call from now on. */
function givesAway(line: Line): Line {
  const target = { kind: "number", number: "+442079460118" } as const;
  const rung = tryTo({ do: "transfer", transferId: "t2", mode: "warm", target }, line);
  const leg = rung.legs.find(({ purpose }) => purpose.transferId === "t2");
  const there = changeLeg(rung, leg?.id ?? "", { sid: "o", state: "live", answeredAt: at });
  return completeTransfer(there, "t2", at);
}

test.each<[string, LineControl, Partial<Line["call"]>, (line: Line) => Line]>([
  ["a hold, when a transfer keeps them waiting now", hold(true), {}, (line) => ask(toBen, line)],
  ["a hold, when they are to be heard again", hold(true), {}, (line) => ask(hold(false), line)],
  ["to be heard again, when a transfer has begun", hold(false), { held: true, holdWanted: true }, (line) => ask(toBen, line)], // prettier-ignore
  ["a pause, when the call was given away", record("paused"), {}, givesAway],
  ["to record on, when the call was given away", record("on"), paused, givesAway],
  ["to record on, when somebody must agree first", record("on"), paused, asksIn],
  ["a pause, when the recording is to go on", record("paused"), {}, (line) => ask(record("on"), changeCall(line, { recording: null }))], // prettier-ignore
  ["a yes, when somebody else must agree, too", consent("given"), { ...paused, consent: "needed" }, asksIn],
])("what was decided since is not undone with a late wish: %s", (_, control, before, since) => {
  const judged = late(since(ask(control, changeCall(live, before))), control);
  expect(judged).toEqual({ is: "superseded", message: expect.stringContaining("was decided since") });
});

test("a late pause stays where somebody must agree first, or does not", () => {
  const pauses = { is: "goes-on", message: expect.stringContaining("The recording pauses") };
  const asked = asksIn(ask(record("paused")));
  expect(late(asked, record("paused"))).toEqual(pauses);
  expect(late(ask(consent("refused"), asked), record("paused"))).toEqual(pauses);
});

test("a late no says that the recording stops, and not that it begins", () => {
  const asked = changeCall(live, { consent: "needed", recordingWanted: "paused" });
  expect(late(ask(consent("refused"), asked), consent("refused"))).toEqual({
    is: "goes-on",
    message: expect.stringContaining("The recording stops as soon"),
  });
});

test("a supervisor whose wish to listen is late stays in the part that they chose since", () => {
  const max = (role: "listen" | "barge", line: Line) => {
    const applied = applyControl(line, { do: "monitor", role }, { userId: "max" as never }, at);
    return applied.ok ? applied.value : line;
  };
  const joins = max("barge", max("listen", live));
  expect(judgeLate(joins, { do: "monitor", role: "listen" }, "max")).toEqual({ is: "done" });
});

test("whatever is asked for, in time or late: nothing is recorded without a yes that is needed, nor of two others", () => {
  const wishes = [hold(true), hold(false), record("on"), record("paused"), consent("given"), consent("refused"), toBen, third]; // prettier-ignore
  type Move = (line: Line) => Line;
  const inTime = wishes.map<Move>((wish) => (line) => tryTo(wish, line));
  const tooLate = wishes.map<Move>((wish) => (line) => {
    const judged = late(line, wish);
    return judged.is === "undone" ? judged.line : line;
  });
  const carrierFollows: Move = (line) => changeCall(line, { recording: line.call.recordingWanted });
  const move = fc.constantFrom(...inTime, ...tooLate, asksIn, givesAway, carrierFollows);
  fc.assert(
    fc.property(fc.array(move, { maxLength: 8 }), (moves) => {
      let line = live;
      for (const next of moves) {
        line = next(line);
        const records = planSettlement(line).some((step) => step.do === "record" && step.state === "on");
        if (withheld(line.call) || line.call.overAt !== null) {
          expect(line.call.recordingWanted).not.toBe("on");
          expect(records).toBe(false);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each(["needed", "refused"] as const)("no line plans a recording while the yes is %s", (answer) => {
  const wanted = changeCall(live, { consent: answer, recording: "paused", recordingWanted: "on" });
  expect(planSettlement(wanted).filter((step) => step.do === "record")).toEqual([]);
});
