import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { createStreams } from "./follow-chat.ts";

const page = (destroyed = false) => Object.assign(new EventEmitter(), { destroyed });

test("one address does not take everybody's places, and gives back those of pages that are gone", () => {
  const streams = createStreams();
  const first = page();
  const signal = streams.take(first, "10.0.0.1");
  for (let taken = 1; taken < 100; taken += 1) streams.take(page(), "10.0.0.1");
  expect(() => streams.take(page(), "10.0.0.1")).toThrow("Too many");
  expect(streams.take(page(), "10.0.0.2").aborted).toBe(false);
  first.emit("close");
  expect(signal.aborted).toBe(true);
  expect(streams.take(page(), "10.0.0.1").aborted).toBe(false);
});

test("a page that went while its conversation was looked up takes no place", () => {
  const streams = createStreams();
  for (let gone = 0; gone < 200; gone += 1) expect(streams.take(page(true), "10.0.0.1").aborted).toBe(true);
  expect(streams.take(page(), "10.0.0.1").aborted).toBe(false);
});
