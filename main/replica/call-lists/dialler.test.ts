import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unknownCall } from "../../../shared/calls/next-call.ts";
import { diallerOff, type DiallerState } from "../../../shared/calls/outbound/dialler.ts";
import type { EntryMove, NextAnswer, OfferedLead } from "../../../shared/calls/outbound/wire.ts";
import {
  phoneOff,
  type PhoneAnswer,
  type PhoneCall,
  type PhoneCommand,
  type PhoneRefusal,
  type PhoneState,
} from "../../../shared/calls/phone.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { VirtualTime } from "../../../testing/simulation/virtual-time.ts";
import { createPresenceBoard } from "../presence/presence.ts";
import type { FromServer } from "../phone/ask-telephony.ts";
import { createDialler } from "./dialler.ts";
import { nextDialler, obstacleOf, type Desk, type DiallerEvent } from "./next-dialler.ts";

const startMs = Date.parse("2026-11-21T09:00:00.000Z");
const at = (seconds: number) => new Date(startMs + seconds * 1_000).toISOString();

const lead = (name: string, own: Partial<OfferedLead> = {}): OfferedLead => ({
  entryId: `entry-${name}` as RecordId,
  list: "spring",
  mode: "power",
  previewSeconds: 10,
  leadId: name as RecordId,
  leadName: name,
  company: "",
  number: "+13125550147",
  zones: ["America/Chicago"],
  because: "new",
  attempts: 0,
  maxAttempts: 3,
  last: null,
  until: at(180),
  ...own,
});
const found = (one: OfferedLead): NextAnswer => ({ found: true, lead: one });
const ready: PhoneState = { ...phoneOff, line: { state: "ready", provider: "simulator", edge: "" } };
const callOf = (callId: string): PhoneCall => ({
  callId: callId as RecordId,
  call: unknownCall(at(0)),
  ...{ number: "", name: "", company: "", leadId: null, muted: false, pending: null, can: [], warning: null, monitoring: null }, // prettier-ignore
});

/** A dialler whose server hands out these, one after the other, the same one until they were dealt with. */
function openDialler(queue: NextAnswer[]) {
  const time = new VirtualTime(startMs);
  const presence = createPresenceBoard(time);
  const asked: PhoneCommand[] = [];
  const moved: (EntryMove & { entryId: string })[] = [];
  const listeners = new Set<(state: PhoneState) => void>();
  let phone: PhoneState = ready;
  let answer: PhoneAnswer = { ok: true };
  let offline = false;
  let made = 0;
  const offlineAnswer = { ok: false as const, error: { code: "offline" as const, message: "No network." }, blocked: null }; // prettier-ignore
  const show = (next: Partial<PhoneState>) => {
    phone = { ...phone, ...next };
    for (const tell of listeners) tell(phone);
  };
  const dialler = createDialler({
    lists: {
      async next(): Promise<FromServer<NextAnswer>> {
        const [first = { found: false, nobody: { why: "empty" } } as const] = queue;
        return offline ? offlineAnswer : { ok: true, value: first };
      },
      async move(entryId, move) {
        if (offline) return offlineAnswer;
        moved.push({ entryId, ...move });
        if (move.do !== "release") queue.shift();
        return { ok: true, value: {} };
      },
    },
    phone: {
      state: () => phone,
      onState(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      async ask(command) {
        asked.push(command);
        if (command.do !== "dial" || !answer.ok) return answer;
        queue.shift();
        show({ calls: [callOf(command.callId)] });
        return answer;
      },
    },
    presence,
    clock: time,
    timers: time,
    newId: () => `call-${(made += 1)}`,
  });
  return {
    dialler,
    time,
    presence,
    asked,
    moved,
    show,
    refuse: (error: PhoneRefusal) => (answer = { ok: false, error }),
    accept: () => (answer = { ok: true }),
    cutOff: (off: boolean) => (offline = off),
    async start() {
      dialler.do({ do: "start", list: "spring" });
      await time.settle();
    },
    state: () => dialler.state(),
    at: () => dialler.state().at,
    name: () => {
      const state = dialler.state();
      return "lead" in state ? state.lead.leadName : state.at;
    },
  };
}

describe("power", () => {
  test("dials when there was time to read, and the next one comes by itself after wrap-up", async () => {
    const desk = openDialler([found(lead("Ada")), found(lead("Bo"))]);
    await desk.start();
    expect(desk.state()).toMatchObject({ at: "lead", dialsAt: at(10), held: null });
    await desk.time.pass(9_900);
    expect(desk.asked).toEqual([]);
    await desk.time.pass(200);
    expect(desk.asked).toEqual([{ do: "dial", callId: "call-1", to: "+13125550147", leadId: "Ada" }]);
    expect(desk.state()).toMatchObject({ at: "calling", callId: "call-1", seen: true });
    await desk.time.pass(600_000);
    expect(desk.name()).toBe("Ada");
    desk.show({ calls: [] });
    await desk.time.settle();
    expect(desk.state()).toMatchObject({ at: "lead", lead: { leadName: "Bo" } });
    await desk.time.pass(10_000);
    expect(desk.asked).toHaveLength(2);
  });

  test("waits while its agent is away or has a call, and gives time to read again", async () => {
    const desk = openDialler([found(lead("Ada"))]);
    desk.presence.setMine("break");
    await desk.start();
    expect(desk.state()).toMatchObject({ at: "lead", dialsAt: null, held: "presence" });
    desk.show({ calls: [callOf("incoming")] });
    expect(desk.state()).toMatchObject({ held: "call" });
    desk.presence.setMine("available");
    expect(desk.state()).toMatchObject({ held: "call" });
    await desk.time.pass(5_000);
    desk.show({ calls: [] });
    expect(desk.state()).toMatchObject({ held: null, dialsAt: at(15) });
    desk.show({ line: { state: "starting" } });
    expect(desk.state()).toMatchObject({ held: "phone", dialsAt: null });
    await desk.time.pass(120_000);
    expect(desk.asked).toEqual([]);
  });

  test("stays stopped for whoever is shown once a person stopped it, and dials by hand", async () => {
    const desk = openDialler([found(lead("Ada")), found(lead("Bo"))]);
    await desk.start();
    desk.dialler.do({ do: "hold" });
    desk.presence.setMine("break");
    desk.presence.setMine("available");
    await desk.time.pass(120_000);
    expect(desk.asked).toEqual([]);
    expect(desk.state()).toMatchObject({ held: "person", lead: { leadName: "Ada" } });
    desk.dialler.do({ do: "call" });
    await desk.time.settle();
    desk.show({ calls: [] });
    await desk.time.settle();
    expect(desk.state()).toMatchObject({ at: "lead", held: null, lead: { leadName: "Bo" } });
  });

  test("never dials somebody who is being put off at that moment", async () => {
    const desk = openDialler([found(lead("Ada")), found(lead("Bo"))]);
    await desk.start();
    await desk.time.pass(9_999);
    desk.dialler.do({ do: "skip" });
    await desk.time.pass(1_000);
    expect(desk.asked).toEqual([]);
    expect(desk.moved).toEqual([{ entryId: "entry-Ada", do: "skip" }]);
    expect(desk.name()).toBe("Bo");
  });

  test("goes on to the next one where a rule forbids the dial, and says so", async () => {
    const desk = openDialler([found(lead("Ada")), found(lead("Bo"))]);
    desk.refuse({ code: "blocked", message: "It is 06:00 in Denver." });
    await desk.start();
    const waited = desk.time.pass(10_000);
    await waited;
    expect(desk.state()).toMatchObject({ at: "lead", note: "Ada was not called. It is 06:00 in Denver.", held: null }); // prettier-ignore
  });

  test("does not try again by itself where the phone could not", async () => {
    const desk = openDialler([found(lead("Ada"))]);
    desk.refuse({ code: "no-microphone", message: "The microphone is denied." });
    await desk.start();
    await desk.time.pass(300_000);
    expect(desk.asked).toHaveLength(1);
    expect(desk.state()).toMatchObject({ at: "lead", note: "The microphone is denied.", held: "person" });
  });
});

describe("preview", () => {
  test("dials when its agent says so, and keeps whoever is read", async () => {
    const desk = openDialler([found(lead("Ada", { mode: "preview" }))]);
    await desk.start();
    await desk.time.pass(900_000);
    expect(desk.asked).toEqual([]);
    expect(desk.state()).toMatchObject({ at: "lead", dialsAt: null, held: null });
    desk.dialler.do({ do: "call" });
    await desk.time.settle();
    expect(desk.at()).toBe("calling");
  });

  test("later, out and stop go to the server; stopping lets go", async () => {
    const desk = openDialler(["Ada", "Bo", "Cy"].map((name) => found(lead(name, { mode: "preview" }))));
    await desk.start();
    desk.dialler.do({ do: "later", at: at(3_600) });
    await desk.time.settle();
    desk.dialler.do({ do: "remove" });
    await desk.time.settle();
    expect(desk.name()).toBe("Cy");
    desk.dialler.do({ do: "stop" });
    await desk.time.settle();
    expect(desk.state()).toEqual(diallerOff);
    expect(desk.moved).toEqual([
      { entryId: "entry-Ada", do: "later", at: at(3_600) },
      { entryId: "entry-Bo", do: "remove" },
      { entryId: "entry-Cy", do: "release" },
    ]);
  });
});

describe("nobody to call", () => {
  test("is looked for again when somebody is due, and now and then besides", async () => {
    const queue: NextAnswer[] = [
      { found: false, nobody: { why: "later", at: at(30), because: "hours", zone: "America/Denver" } },
    ];
    const desk = openDialler(queue);
    await desk.start();
    expect(desk.state()).toMatchObject({ at: "nobody", nobody: { why: "later" } });
    queue[0] = found(lead("Ada"));
    await desk.time.pass(29_000);
    expect(desk.at()).toBe("nobody");
    await desk.time.pass(2_000);
    expect(desk.name()).toBe("Ada");
  });

  test("without a network says so, and goes on by itself; whoever is shown stays while they are ours", async () => {
    const desk = openDialler([found(lead("Ada", { mode: "preview" }))]);
    desk.cutOff(true);
    await desk.start();
    expect(desk.state()).toEqual({ at: "trouble", list: "spring", message: "No network." });
    desk.cutOff(false);
    await desk.time.pass(16_000);
    expect(desk.name()).toBe("Ada");
    desk.cutOff(true);
    await desk.time.pass(100_000);
    expect(desk.name()).toBe("Ada");
    await desk.time.pass(100_000);
    expect(desk.at()).toBe("trouble");
  });
});

test("a call that the phone never showed is over; without a phone nobody knows", async () => {
  const desk = openDialler([found(lead("Ada", { mode: "preview" })), found(lead("Bo", { mode: "preview" }))]);
  await desk.start();
  desk.dialler.do({ do: "call" });
  await desk.time.settle();
  desk.show({ calls: [], line: { state: "off" } });
  await desk.time.pass(60_000);
  expect(desk.at()).toBe("calling");
  desk.show({ line: ready.line });
  await desk.time.settle();
  expect(desk.name()).toBe("Bo");
});

describe("in any story", () => {
  const callId = fc.constantFrom("call-1", "call-2").map((id) => id as RecordId);
  const offered = fc.record({
    name: fc.constantFrom("Ada", "Bo"),
    mode: fc.constantFrom("preview" as const, "power" as const),
  });
  const event: fc.Arbitrary<DiallerEvent> = fc.oneof(
    offered.map(({ name, mode }): DiallerEvent => ({ type: "answered", answer: found(lead(name, { mode })) })), // prettier-ignore
    fc.constant<DiallerEvent>({ type: "answered", answer: { found: false, nobody: { why: "empty" } } }),
    callId.map((id): DiallerEvent => ({ type: "dial", callId: id })),
    fc.constantFrom<DiallerEvent>(
      { type: "start", list: null },
      { type: "stop" },
      { type: "hold" },
      { type: "looked" },
      { type: "placed" },
      { type: "next" },
      { type: "failed", message: "no" },
      { type: "refused", error: { code: "blocked", message: "no" } },
    ),
  );
  const free: Desk = { presence: "available", phone: ready };
  const anyDesk: fc.Arbitrary<Desk> = fc.record({
    presence: fc.constantFrom("available" as const, "break" as const, "wrap-up" as const),
    phone: fc.record({ calls: fc.array(callId.map(callOf), { maxLength: 1 }), on: fc.boolean() }).map(({ calls, on }) => ({ ...(on ? ready : phoneOff), calls })), // prettier-ignore
  });

  const desk = fc.oneof(fc.constant(free), anyDesk);

  test("no countdown runs for anybody who is not free, nor in a list that is read first", () => {
    let countdowns = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(event, desk), { maxLength: 40 }), (story) => {
        let state = nextDialler(diallerOff, { type: "start", list: null }, free, startMs);
        for (const [one, seen] of story) {
          const before: DiallerState = state;
          state = nextDialler(state, one, seen, startMs);
          if (one.type === "looked") expect(nextDialler(state, one, seen, startMs)).toBe(state);
          if (state.at !== "lead") continue;
          if (state.lead.mode === "preview") expect(state.dialsAt).toBeNull();
          if (state.dialsAt === null || state === before) continue;
          countdowns += 1;
          if (one.type !== "answered" || before.at !== "lead") expect(obstacleOf(seen)).toBeNull();
        }
      }),
      { numRuns: 500 },
    );
    expect(countdowns).toBeGreaterThan(20);
  });
});
