import fc from "fast-check";
import { expect, test } from "vitest";
import { newCall } from "./begin-call.ts";
import { applyControl } from "./control.ts";
import { hearLeg } from "./hear-leg.ts";
import { addLeg, agentLegOf, changeCall, changeHeld, changeLeg, customerLegOf, lineOf, type Leg, type Line } from "./line.ts"; // prettier-ignore
import { concludeMerge, mergedLegOf, noteRoom, partLines, startMerge, stateOfMerge, type Lines } from "./merge-lines.ts"; // prettier-ignore
import { planSettlement, type SettleStep } from "./plan-settlement.ts";
import { hasHadTime } from "./reconcile.ts";
import { mustHear } from "./recording-terms.ts";

// Ana has the first on hold and talks to the second.

const at = new Date("2026-11-23T09:00:00.000Z");

function talkIn(callId: string, theirs: string): Line {
  const call = newCall({ tenantId: "t", accountId: "a", callId, direction: "inbound", ours: "", theirs, startedAt: at }); // prettier-ignore
  const up = { state: "live", answeredAt: at, anchor: true, anchorWanted: true } as const;
  const customer = { id: `${callId}-customer`, role: "customer", sid: `CA-${callId}`, ...up } as const;
  const agent = { id: `${callId}-agent`, role: "agent", agentId: "ana", sid: `CA-${callId}-ana`, ...up } as const; // prettier-ignore
  const line = addLeg(addLeg(lineOf(call, []), customer, at), agent, at);
  return changeCall(line, { recording: "on", recordingWanted: "on" });
}
const two: Lines = {
  into: changeCall(talkIn("a", "+13125550147"), { held: true, holdWanted: true }),
  from: talkIn("b", "+13125550148"),
};

function begin(lines = two, by = "ana"): Lines {
  const started = startMerge(lines, by);
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}
const whyNot = (lines: Lines, by = "ana") => {
  const started = startMerge(lines, by);
  return started.ok ? null : started.error.message;
};
const todo = (line: Line) => planSettlement(line).map((step) => step.do);
const moverOf = ({ into, from }: Lines) => mergedLegOf(into, from.call.callId) as Leg;

test("whoever waits is heard before anybody is sent over, and nobody is let go of before they have come", () => {
  const begun = begin();
  expect(todo(begun.into)).toEqual(["hold", "move"]);
  expect(todo(begun.from)).toEqual([]);
  const come = { ...begun, into: noteRoom(begun.into, moverOf(begun), "a") };
  expect(todo(come.into)).toEqual(["hold", "conclude-merge"]);
  const one = concludeMerge(come, moverOf(come).id, at);
  expect(one.from.said.at(-1)?.fact).toEqual({ type: "ended", why: "completed", mergedInto: "a" });
  expect(one.into.said.at(-1)?.fact).toMatchObject({ type: "party-joined", partyId: "b", fromCall: "b" });
  expect(todo(one.from)).toEqual(["hang-up"]);
  expect(concludeMerge(one, moverOf(one).id, at), "told twice").toEqual(one);
  expect(begin(one), "asked twice").toEqual(one);
});

test("a recording in which somebody must not be pauses before they come", () => {
  const berlin = changeCall(two.from, { consent: "needed", recordingWanted: "off", recording: "off" });
  const begun = begin({ into: two.into, from: berlin });
  expect(planSettlement(begun.into)).toMatchObject([{ do: "hold" }, { do: "record", state: "paused" }, { do: "move" }]); // prettier-ignore
  expect(begun.into.call.consent).toBe("needed");
  const parted = partLines(begun, moverOf(begun).id);
  expect(parted.into.call).toMatchObject({ consent: "unneeded", recordingWanted: "on", holdWanted: true });
});

const terms = (consent: Line["call"]["consent"], recordingWanted: "on" | "off" = "on") =>
  ({ consent, recordingWanted, recording: recordingWanted }) as const;
test.each([
  ["nobody has to know", terms("unneeded"), terms("unneeded"), "unneeded", "on", undefined],
  ["one has heard, the other need not", terms("unneeded"), terms("told"), "told", "on", undefined],
  ["one has heard, the other hears it as well", terms("told"), terms("unneeded"), "told", "on", true],
  ["both have agreed", terms("given"), terms("given"), "given", "on", undefined],
  ["one has agreed, the other was never asked", terms("given"), terms("told"), "needed", "paused", undefined],
  ["who was only told comes to one who agreed", terms("told"), terms("given"), "needed", "paused", undefined],
  ["one is still to be asked", terms("needed", "off"), terms("given"), "needed", "off", undefined],
  ["one has refused", terms("refused", "off"), terms("given"), "refused", "off", undefined],
  ["the other has refused", terms("given"), terms("refused", "off"), "refused", "paused", undefined],
  ["nobody knows why the other was not recorded", terms("unneeded"), terms("unneeded", "off"), "needed", "paused", undefined], // prettier-ignore
  ["nothing is recorded", terms("unneeded", "off"), terms("told"), "unneeded", "off", undefined],
] as const)(
  "of two whose rules differ the stricter one holds: %s",
  (_, a, b, consent, recordingWanted, announce) => {
    const begun = begin({ into: changeCall(two.into, a), from: changeCall(two.from, b) });
    expect(moverOf(begun).purpose.announce).toBe(announce);
    const come = { ...begun, into: noteRoom(begun.into, moverOf(begun), "a") };
    const { into } = concludeMerge(come, moverOf(come).id, at);
    expect(into.call).toMatchObject({ consent, recordingWanted });
    const told = into.said.flatMap(({ fact }) => (fact.type === "consent" ? fact.how : []));
    const isNews = consent !== a.consent && consent !== "told";
    expect(told.at(-1)).toBe(isNews ? consent : undefined);
  },
);

test("who has not heard yet that they are recorded has done so a minute after they went over, not after they picked up", () => {
  const told = { ...two.into, call: { ...two.into.call, ...terms("told") } };
  const begun = begin({ into: told, from: changeCall(two.from, terms("unneeded")) });
  const [sentAt, heardAt] = [new Date(at.getTime() + 300_000), new Date(at.getTime() + 361_000)];
  expect(mustHear(begun.into, moverOf(begun))).toBe(true);
  expect(hasHadTime(moverOf(begun), heardAt), "on their way").toBe(false);
  const come = { ...begun, into: noteRoom(begun.into, moverOf(begun), "a") };
  const one = concludeMerge(come, moverOf(come).id, sentAt);
  const [before, after] = [-2_000, 0].map((ms) => hasHadTime(moverOf(one), new Date(heardAt.getTime() + ms)));
  expect([before, after]).toEqual([false, true]);
});

test("nobody agrees for somebody who is on their way, and what they have refused counts when they are here", () => {
  const refusing = changeCall(two.from, terms("refused", "off"));
  const given = { do: "consent", answer: "given" } as const;
  for (const consent of ["needed", "given"] as const) {
    const begun = begin({ into: changeCall(two.into, terms(consent)), from: refusing });
    const early = applyControl(begun.into, given, { userId: "ana" as never }, at);
    expect(early).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("once they are here") },
    });
  }
  // By a server that did not refuse that yet.
  const begun = begin({ into: two.into, from: refusing });
  const agreed = changeCall(begun.into, terms("given"));
  const come = { ...begun, into: noteRoom(agreed, moverOf(begun), "a") };
  const { into } = concludeMerge(come, moverOf(come).id, at);
  expect(into.call).toMatchObject({ consent: "refused", recordingWanted: "paused" });
  expect(into.said.map(({ fact }) => fact)).toContainEqual(expect.objectContaining({ type: "consent", how: "refused" })); // prettier-ignore
});

test("only two calls of one's own, both up and with nobody on the way, become one", () => {
  expect(whyNot(two, "ben")).toBe("Both calls must be yours.");
  expect(whyNot({ into: two.into, from: two.into })).toBe("That is one call.");
  expect(whyNot({ ...two, from: changeCall(two.from, { accountId: "b" }) })).toContain("two providers");
  expect(whyNot({ ...two, from: changeCall(two.from, { overAt: at }) })).toBe("Both calls must be up.");
  expect(whyNot({ ...two, from: changeCall(two.from, { announce: true }) })).toContain("still hears");
  const third = { id: "p", role: "party", purpose: { partyId: "p", role: "party" } } as const;
  expect(whyNot({ ...two, into: addLeg(two.into, third, at) })).toContain("still being called");
  const here = { ...third, sid: "P", state: "live" } as const;
  expect(whyNot({ ...two, into: addLeg(two.into, here, at) })).toBeNull();
  expect(whyNot({ ...two, from: addLeg(two.from, here, at) })).toContain("let go of them first");
  const started = { ...two, from: changeCall(two.from, { recording: null }) };
  expect(whyNot(started), "a recording that may begin after they came is nobody's to end").toContain("try again in a moment"); // prettier-ignore
  const unrecorded = changeCall(two.from, { recording: "off", recordingWanted: "off" });
  expect(whyNot({ into: changeCall(two.into, { recording: null }), from: unrecorded })).toBeNull();
  const begun = begin();
  expect(whyNot({ into: begun.from, from: begun.into })).toBe("Both calls must be up.");
  const held = applyControl(begun.from, { do: "hold", on: true }, { userId: "ana" as never }, at);
  expect(held).toMatchObject({ ok: false, error: { message: expect.stringContaining("being merged") } });
});

test("what the carrier never began is given back whole, what it may have begun goes on", () => {
  const begun = begin();
  expect(stateOfMerge(begun.into, "b")).toMatchObject({ is: "not-begun" });
  const parted = partLines(begun, moverOf(begun).id);
  expect(stateOfMerge(parted.into, "b")).toEqual({ is: "parted" });
  expect(parted.from.legs.toSorted((x, y) => x.id.localeCompare(y.id))).toEqual(
    two.from.legs.toSorted((x, y) => x.id.localeCompare(y.id)),
  );
  expect([parted.into.call, parted.from.call]).toEqual([two.into.call, two.from.call]);
  const sent = noteRoom(begun.into, moverOf(begun), null);
  expect(stateOfMerge(sent, "b")).toMatchObject({ is: "goes-on" });
});

/** What may befall two calls while they are merged, and how each command at the carrier ends. */
const happenings = ["step", "step", "step", "lost", "refused", "gone", "a-leaves", "b-leaves", "ana-leaves-a", "ana-leaves-b", "answered-again", "dropped", "late"] as const; // prettier-ignore
type Happening = (typeof happenings)[number];

test("whatever happens in whatever order, everybody is with Ana in one room or has gone, and nobody waits whom she does not keep waiting", () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...happenings), { maxLength: 14 }), (story) => {
      const world = { lines: begin(), rooms: new Map([["b-customer", "b"]]), up: new Set(["a-customer", "a-agent", "b-customer", "b-agent"]) }; // prettier-ignore
      for (const happening of story) play(world, happening);
      for (let run = 0; todoOf(world).length > 0; run += 1) {
        if (run > 40) throw new Error("it does not settle");
        play(world, "step");
      }
      const { into, from } = world.lines;
      for (const line of [into, from]) {
        expect(line.legs.filter((leg) => leg.purpose.merged && !leg.purpose.merged.done)).toEqual([]);
        const customer = customerLegOf(line);
        if (!customer) continue;
        expect(agentLegOf(line), "somebody talks to them").toBeDefined();
        expect(world.up.has(agentLegOf(line)?.id ?? "")).toBe(true);
        expect(line.call.held, "nobody waits").toBe(line.call.holdWanted);
      }
      const mover = moverOf(world.lines);
      const isHere = mover?.state === "live" && mover.wanted;
      if (isHere) expect([world.rooms.get("b-customer"), from.call.overAt]).toEqual(["a", at]);
      else if (customerLegOf(from)) expect(world.rooms.get("b-customer")).toBe("b");
      const end = isHere ? "one" : customerLegOf(from) ? "two" : "over";
      ends.set(end, (ends.get(end) ?? 0) + 1);
      const told = from.said.filter(({ fact }) => fact.type === "ended");
      expect(told.length, "its end is told once").toBeLessThanOrEqual(1);
    }),
    { numRuns: 2_000 },
  );
  expect([...ends.keys()].toSorted()).toEqual(["one", "over", "two"]);
});

/** `rooms`, `up`: as the carrier has it, whatever anybody believes. */
type World = { lines: Lines; rooms: Map<string, string>; up: Set<string> };

const todoOf = ({ lines: { into, from } }: World): SettleStep[] => [...planSettlement(into), ...planSettlement(from)]; // prettier-ignore

function play(world: World, happening: Happening): void {
  switch (happening) {
    case "a-leaves":
      return leave(world, "a-customer");
    case "b-leaves":
      return leave(world, "b-customer");
    case "ana-leaves-a":
      return leave(world, "a-agent");
    case "ana-leaves-b":
      return leave(world, "b-agent");
    case "answered-again":
      return hear(world, "b-customer", "answered");
    case "dropped": {
      const dropped = applyControl(world.lines.into, { do: "drop-party", partyId: "b" }, { userId: "ana" as never }, at); // prettier-ignore
      if (dropped.ok) world.lines = { ...world.lines, into: dropped.value };
      return;
    }
    case "late": {
      const state = stateOfMerge(world.lines.into, "b");
      if (state.is === "not-begun") world.lines = partLines(world.lines, state.leg.id);
      return;
    }
    default:
      return settle(world, happening);
  }
}

/** The first step that is left, and how the carrier takes it. */
function settle(world: World, how: "step" | "lost" | "refused" | "gone"): void {
  const side = planSettlement(world.lines.into).length > 0 ? "into" : "from";
  const [step] = planSettlement(world.lines[side]);
  if (!step) return;
  const change = (work: (line: Line) => Line) =>
    void (world.lines = { ...world.lines, [side]: work(world.lines[side]) });
  const { leg } = step;
  if (step.do === "conclude-merge") return void (world.lines = concludeMerge(world.lines, leg.id, at));
  if (step.do === "part") return void (world.lines = partLines(world.lines, leg.id));
  if (!world.up.has(leg.id)) return hear(world, leg.id, "completed");
  switch (step.do) {
    case "hold":
      return change((line) => changeHeld(line, leg, how === "lost" ? null : step.on));
    case "record":
      return change((line) => changeCall(line, { recording: step.state }));
    case "hang-up":
      return leave(world, leg.id);
    case "move": {
      if (how === "refused") return void (world.lines = partLines(world.lines, leg.id));
      if (how === "gone") return leave(world, leg.id);
      // Their own room ends with them, and Ana's way into it.
      world.rooms.set(leg.id, "a");
      change((line) => noteRoom(line, leg, how === "lost" ? null : "a"));
      return leave(world, "b-agent");
    }
    default:
      throw new Error(`nobody asked for ${step.do}`);
  }
}

function leave(world: World, legId: string): void {
  if (!world.up.delete(legId)) return;
  hear(world, legId, "completed");
}

function hear(world: World, legId: string, status: "completed" | "answered"): void {
  for (const side of ["into", "from"] as const) {
    const line = world.lines[side];
    const leg = line.legs.find(({ id }) => id === legId);
    if (!leg) continue;
    const news = { sid: leg.sid ?? "", status, seq: 3, at, machine: false };
    world.lines = { ...world.lines, [side]: hearLeg(changeLeg(line, legId, {}), leg, news) };
  }
}
