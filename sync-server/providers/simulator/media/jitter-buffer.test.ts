import { expect, test } from "vitest";
import { createJitterBuffer } from "./jitter-buffer.ts";

function play(buffer: ReturnType<typeof createJitterBuffer<number>>, frames: number, from: number): number[] {
  return Array.from({ length: frames }, (_, at) => {
    buffer.push(from + at);
    return buffer.read() ?? -1;
  });
}

test("a burst is played whole, and does not leave every later frame late", () => {
  const buffer = createJitterBuffer<number>();
  for (let frame = 0; frame < 6; frame += 1) buffer.push(frame);
  const heard = play(buffer, 100, 6);
  expect(heard.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, at) => at));
  // Six were always waiting; now one is.
  expect(105 - (heard.at(-1) ?? 0)).toBe(1);
});

test("what an uneven network needs stays", () => {
  const buffer = createJitterBuffer<number>();
  const heard: (number | null)[] = [];
  let next = 0;
  for (let round = 0; round < 60; round += 1) {
    for (let frame = 0; frame < 4; frame += 1) buffer.push((next += 1));
    for (let read = 0; read < 4; read += 1) heard.push(buffer.read());
  }
  expect(heard).toEqual(Array.from({ length: 240 }, (_, at) => at + 1));
});

test("after a stall the newest are heard, and not the stall", () => {
  const buffer = createJitterBuffer<number>();
  for (let frame = 0; frame < 9; frame += 1) buffer.push(frame);
  expect([buffer.read(), buffer.read(), buffer.read()]).toEqual([7, 8, null]);
});
