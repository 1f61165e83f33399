import fc from "fast-check";
import { expect, test } from "vitest";
import { createTestCarrier } from "../../../../testing/simulator/test-carrier.ts";
import { changeParticipant, endConference } from "./conferences.ts";
import { isOver, type Call } from "./model.ts";

// Whatever happens in whatever order, calls end once, leave nothing behind and are told of in order.

const told = `statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed"`;
const documents = {
  "/dial": `<Response><Dial timeout="20" action="/pause"><Client ${told}>ana</Client><Number ${told}>+14155550101</Number></Dial></Response>`,
  "/bridge": `<Response><Dial answerOnBridge="true" timeout="10"><Number ${told}>+14155550102</Number></Dial></Response>`,
  "/whisper": `<Response><Dial><Number url="/say" ${told}>+14155550103</Number></Dial></Response>`,
  "/room": `<Response><Dial><Conference waitUrl="/say">room</Conference></Dial></Response>`,
  "/boss": `<Response><Dial><Conference endConferenceOnExit="true">room</Conference></Dial></Response>`,
  "/queue": `<Response><Enqueue waitUrl="/say" action="/pause">queue</Enqueue></Response>`,
  "/agent": `<Response><Dial timeout="5"><Queue>queue</Queue></Dial></Response>`,
  "/gather": `<Response><Gather numDigits="1" action="/room" timeout="3"><Say>Choose</Say></Gather></Response>`,
  "/record": `<Response><Record action="/pause" maxLength="30"/></Response>`,
  "/say": `<Response><Say>Hello</Say></Response>`,
  "/pause": `<Response><Pause length="4"/></Response>`,
};
const paths = Object.keys(documents) as (keyof typeof documents)[];

const which = fc.nat(30);
const action = fc.oneof(
  fc.record({ do: fc.constant("begin" as const), path: fc.constantFrom(...paths) }),
  fc.record({
    do: fc.constantFrom("ring", "answer", "hang-up", "refuse", "played", "digit", "end", "leave"),
    which,
  }),
  fc.record({ do: fc.constant("redirect" as const), which, path: fc.constantFrom(...paths) }),
  fc.record({ do: fc.constant("hold" as const), which, on: fc.boolean(), url: fc.boolean() }),
  fc.record({ do: fc.constant("end-conference" as const) }),
  fc.record({ do: fc.constant("step" as const), ms: fc.integer({ min: 1, max: 30_000 }) }),
);
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;
type World = ReturnType<typeof createTestCarrier>;

function apply(world: World, act: Action): void {
  const { core } = world.carrier;
  const live = [...core.calls.values()].filter((call) => !isOver(call));
  if (act.do === "begin") return void world.begin(act.path);
  if (act.do === "step") return world.step(act.ms);
  if (act.do === "end-conference") {
    for (const conference of core.conferences.values())
      endConference(core, conference, "conference-ended-via-api", null);
    return world.settle();
  }
  const call = live[act.which % live.length];
  if (!call) return;
  if (act.do === "redirect") core.program.redirect(call, { url: `http://app${act.path}`, method: "POST" });
  else if (act.do === "hold") hold(world, call, act.on, act.url);
  else one(world, call, act.do);
  world.settle();
}

function hold(world: World, call: Call, on: boolean, withUrl: boolean): void {
  const { core } = world.carrier;
  for (const conference of core.conferences.values()) {
    const participant = conference.participants.get(call.sid);
    const holdUrl = withUrl ? "http://app/say" : null;
    if (participant) changeParticipant(core, conference, participant, { hold: on, holdUrl });
  }
}

function one(world: World, call: Call, what: string): void {
  const { carrier } = world;
  const wiring = world.wiring(call);
  if (what === "ring") carrier.step({ event: "ringing", callSid: call.sid });
  if (what === "answer" && call.direction !== "inbound") {
    carrier.step({ event: "answered", callSid: call.sid, answeredBy: null });
  }
  if (what === "hang-up") carrier.step({ event: "hung-up", callSid: call.sid });
  if (what === "refuse" && call.direction !== "inbound") {
    carrier.step({ event: "refused", callSid: call.sid, status: "busy" });
  }
  if (what === "digit") carrier.step({ event: "digit", callSid: call.sid, digit: "5" });
  if (what === "played" && wiring?.kind === "play") {
    carrier.step({ event: "played", callSid: call.sid, playId: wiring.playId });
  }
  if (what === "end") carrier.core.legs.end(call, "completed");
  if (what === "leave")
    for (const each of carrier.core.conferences.values()) each.participants.get(call.sid)?.leave();
}

/** What must be true after each step. */
function checkAlways(world: World, over: Map<string, string>): void {
  const { core } = world.carrier;
  for (const call of core.calls.values()) {
    const before = over.get(call.sid);
    if (before) expect(call.status, "a finished call stays as it ended").toBe(before);
    if (isOver(call)) over.set(call.sid, call.status);
    if (isOver(call)) expect([call.frames, call.activity], "and does nothing any more").toEqual([[], null]);
  }
  for (const conference of core.conferences.values()) {
    if (conference.status === "completed") expect(conference.participants.size).toBe(0);
    for (const sid of conference.participants.keys()) expect(over.has(sid), "the dead leave").toBe(false);
  }
  for (const queue of core.queues.values()) {
    for (const { callSid } of queue.members) expect(over.has(callSid), "the dead leave").toBe(false);
  }
}

/** Nobody who is up waits for nothing, or is alone in a bridge. */
function checkNobodyIsStuck(world: World): void {
  const live = [...world.carrier.core.calls.values()].filter((call) => call.status === "in-progress");
  const bridges = new Map<string, number>();
  for (const call of live) {
    expect(call.activity, `${call.direction} leg ${call.sid} is stuck`).not.toBeNull();
    const wiring = world.wiring(call);
    if (wiring?.kind === "room") bridges.set(wiring.room, (bridges.get(wiring.room) ?? 0) + 1);
  }
  for (const [room, size] of bridges) if (room.startsWith("bridge:")) expect(size, room).toBe(2);
}

function checkAtTheEnd(world: World): void {
  const hungUp = world.all("hang-up").map((effect) => effect.call.sid);
  expect(new Set(hungUp).size, "each call is hung up once").toBe(hungUp.length);
  expect(hungUp.length).toBe(world.carrier.core.calls.size);
  for (const sid of new Set(hungUp)) {
    const sequences = world
      .all("callback")
      .filter(({ params }) => params["CallSid"] === sid && params["CallbackSource"]);
    expect(sequences.map(({ params }) => Number(params["SequenceNumber"]))).toEqual(
      sequences.map((_, index) => index),
    );
  }
  const recorded = world.all("record").map((effect) => effect.recordingSid);
  expect(
    world
      .all("record-stop")
      .map((effect) => effect.recordingSid)
      .toSorted(),
  ).toEqual(recorded.toSorted());
}

test("calls end once, leave nothing behind, and are told of in order", () => {
  let calls = 0;
  fc.assert(
    fc.property(fc.array(action, { minLength: 5, maxLength: 60 }), (actions) => {
      const world = createTestCarrier(documents);
      const over = new Map<string, string>();
      for (const act of actions) {
        apply(world, act);
        checkAlways(world, over);
        checkNobodyIsStuck(world);
      }
      for (const call of world.carrier.core.calls.values()) world.carrier.core.legs.end(call, "completed");
      checkAlways(world, over);
      checkAtTheEnd(world);
      calls += over.size;
    }),
    { numRuns: 300 },
  );
  expect(calls).toBeGreaterThan(300);
});
