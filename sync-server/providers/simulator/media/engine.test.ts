import { expect, test } from "vitest";
import { createSteppedTime } from "../time.ts";
import { createEngine } from "./engine.ts";
import { measureLevel } from "./mixer.ts";
import { samplesPerFrame } from "../../../../shared/calls/mulaw.ts";
import type { Port } from "./port.ts";

function open() {
  const { clock, timers, step } = createSteppedTime(0);
  const played: string[] = [];
  const engine = createEngine({
    clock,
    timers,
    files: {
      load: (url) =>
        Promise.resolve(url.endsWith(".wav") ? new Int16Array(samplesPerFrame * 5).fill(1_000) : null),
      findSpoken: (text) =>
        text === "Hello" ? Promise.resolve(new Int16Array(samplesPerFrame * 3).fill(2_000)) : null,
    },
    played: (callSid, playId) => played.push(`${callSid}/${playId}`),
    streamed: () => null,
  });
  /** A far end that says one level all the time. */
  const connect = (callSid: string, level: number): { heard: Int16Array[]; closed: () => boolean } => {
    const heard: Int16Array[] = [];
    let closed = false;
    const port: Port = {
      read: () => new Int16Array(samplesPerFrame).fill(level),
      write: (frame) => heard.push(frame),
      close: () => (closed = true),
    };
    engine.connect(callSid, port);
    return { heard, closed: () => closed };
  };
  const wireToRoom = (callSid: string, more: { hold?: boolean } = {}): void =>
    engine.wire(callSid, { kind: "room", room: "r", muted: false, hold: false, coach: null, ...more });
  return { engine, connect, wireToRoom, played, step: (ms: number) => step?.(ms) };
}

test("fifty frames a second, and none when there is nobody", () => {
  const { engine, connect, step } = open();
  const a = connect("a", 0);
  step(1_000);
  expect(a.heard).toHaveLength(50);
  engine.remove("a");
  step(1_000);
  expect(a.heard).toHaveLength(50);
  expect(a.closed()).toBe(true);
  const again = connect("b", 0);
  step(1_000);
  expect(again.heard).toHaveLength(50);
});

test("two in a room hear each other, and music while on hold", () => {
  const { engine, connect, wireToRoom, step } = open();
  const [a, b] = [connect("a", 100), connect("b", 30)];
  wireToRoom("a");
  wireToRoom("b");
  step(20);
  expect([a.heard.at(-1)?.[0], b.heard.at(-1)?.[0]]).toEqual([30, 100]);
  expect(engine.levelsOf("a")).toEqual({ said: 100 / 32_768, heard: 30 / 32_768 });
  wireToRoom("b", { hold: true });
  step(500);
  expect(a.heard.at(-1)?.[0]).toBe(0);
  expect(Math.max(...b.heard.slice(-20).map(measureLevel))).toBeGreaterThan(0.02);
});

test("a file plays from when it has been loaded to its end, which is told once", async () => {
  const { engine, connect, played, step } = open();
  const a = connect("a", 0);
  engine.wire("a", { kind: "play", playId: "p", source: { what: "file", url: "http://x/a.wav" }, loop: 2 });
  await Promise.resolve();
  step(1_000);
  expect(a.heard.filter((frame) => frame[0] === 1_000)).toHaveLength(10);
  expect(played).toEqual(["a/p"]);
});

test("words that were spoken once are heard, others are a tone as long as they are", async () => {
  const { engine, connect, played, step } = open();
  const a = connect("a", 0);
  engine.wire("a", { kind: "play", playId: "spoken", source: { what: "say", text: "Hello" }, loop: 1 });
  await Promise.resolve();
  step(200);
  expect(a.heard.filter((frame) => frame[0] === 2_000)).toHaveLength(3);
  engine.wire("a", { kind: "play", playId: "tone", source: { what: "say", text: "x".repeat(30) }, loop: 1 });
  step(1_900);
  expect(played).toEqual(["a/spoken"]);
  step(200);
  expect(played).toEqual(["a/spoken", "a/tone"]);
});

test("a file that cannot be had is over at once", async () => {
  const { engine, connect, played, step } = open();
  connect("a", 0);
  engine.wire("a", { kind: "play", playId: "p", source: { what: "file", url: "http://x/nothing" }, loop: 0 });
  await Promise.resolve();
  step(100);
  expect(played).toEqual(["a/p"]);
});

test("what was wired anew says nothing of what played before", async () => {
  const { engine, connect, played, step } = open();
  connect("a", 0);
  engine.wire("a", { kind: "play", playId: "p", source: { what: "beep" }, loop: 1 });
  engine.wire("a", { kind: "silence" });
  step(2_000);
  expect(played).toEqual([]);
});

test("a beep is heard by all in the room", () => {
  const { engine, connect, wireToRoom, step } = open();
  const [a, b] = [connect("a", 0), connect("b", 0)];
  wireToRoom("a");
  wireToRoom("b");
  engine.beep("r");
  step(100);
  for (const { heard } of [a, b]) expect(Math.max(...heard.map(measureLevel))).toBeGreaterThan(0.1);
  step(1_000);
  expect(measureLevel(a.heard.at(-1) ?? new Int16Array(1))).toBe(0);
});

test("a coach is heard by whom he coaches, nobody hears who is muted", () => {
  const { engine, wireToRoom } = open();
  wireToRoom("agent");
  wireToRoom("customer");
  engine.wire("boss", { kind: "room", room: "r", muted: false, hold: false, coach: "agent" });
  expect(engine.listenersOf("boss")).toEqual(["agent"]);
  expect(engine.listenersOf("agent").toSorted()).toEqual(["boss", "customer"]);
  engine.wire("boss", { kind: "room", room: "r", muted: true, hold: false, coach: null });
  expect(engine.listenersOf("boss")).toEqual([]);
});
