import fc from "fast-check";
import { expect, test } from "vitest";
import { addUp, measureLevel, mixRoom, type RoomMember } from "./mixer.ts";
import { decodeMulaw, encodeMulaw, samplesPerFrame } from "../../../../shared/calls/mulaw.ts";

const constant = (value: number): Int16Array => new Int16Array(samplesPerFrame).fill(value);
const member = (callSid: string, value: number, more: Partial<RoomMember> = {}): RoomMember => ({
  callSid,
  said: constant(value),
  muted: false,
  hold: false,
  coach: null,
  ...more,
});
const heardBy = (members: RoomMember[], callSid: string) => mixRoom(members).get(callSid)?.[0];

test("everybody hears all the others and not himself", () => {
  const room = [member("a", 100), member("b", 20), member("c", 3)];
  expect(heardBy(room, "a")).toBe(23);
  expect(heardBy(room, "b")).toBe(103);
});

test("a muted member listens and is not heard", () => {
  const room = [member("a", 100), member("b", 20, { muted: true })];
  expect(heardBy(room, "a")).toBe(0);
  expect(heardBy(room, "b")).toBe(100);
});

test("a member on hold neither hears nor is heard", () => {
  const room = [member("a", 100), member("b", 20, { hold: true })];
  expect(heardBy(room, "a")).toBe(0);
  expect(heardBy(room, "b")).toBeUndefined();
});

test("a coach is heard by whom he coaches alone, and hears everybody", () => {
  const room = [member("agent", 100), member("customer", 20), member("boss", 3, { coach: "agent" })];
  expect(heardBy(room, "agent")).toBe(23);
  expect(heardBy(room, "customer")).toBe(100);
  expect(heardBy(room, "boss")).toBe(120);
});

test("what is too loud is clipped, never wrapped", () => {
  expect(addUp([constant(30_000), constant(30_000)])[0]).toBe(32_767);
  expect(addUp([constant(-30_000), constant(-30_000)])[0]).toBe(-32_768);
});

test("nobody changes the frames that he was given", () => {
  const said = constant(7);
  mixRoom([member("a", 0, { said }), member("b", 5)]);
  expect(said[0]).toBe(7);
});

test("µ-law keeps every sample within a sixteenth of itself", () => {
  fc.assert(
    fc.property(fc.integer({ min: -32_635, max: 32_635 }), (sample) => {
      const [back = 0] = decodeMulaw(encodeMulaw(Int16Array.of(sample)));
      expect(Math.abs(back - sample)).toBeLessThanOrEqual(Math.max(8, Math.abs(sample) / 16));
    }),
  );
});

test("µ-law of silence is silence (ITU-T G.711: 0 is 0xff)", () => {
  expect([...encodeMulaw(Int16Array.of(0))]).toEqual([0xff]);
  expect([...decodeMulaw(Uint8Array.of(0xff, 0x80, 0x00))]).toEqual([0, 32_124, -32_124]);
});

test("loudness is the root mean square over full scale", () => {
  expect(measureLevel(constant(16_384))).toBeCloseTo(0.5);
  expect(measureLevel(constant(0))).toBe(0);
});
