import { expect, test } from "vitest";
import { placeUtterance } from "./place-utterance.ts";

const answeredAt = new Date("2026-11-21T09:00:00.000Z");
const place = (told: { at: string; startedAt?: string; timing?: number[] }, receivedAt: string) =>
  placeUtterance({ text: "two words", startedAt: null, timing: [], ...told }, answeredAt, new Date(receivedAt)); // prettier-ignore

test("stands on the clock that starts at the answer", () => {
  expect(place({ at: "2026-11-21T09:00:05.000Z" }, "2026-11-21T09:00:05.300Z")).toEqual({
    startMs: 4_250,
    endMs: 5_000,
    timing: [],
  });
  const told = { at: "2026-11-21T09:00:05.000Z", startedAt: "2026-11-21T09:00:03.000Z" };
  expect(place(told, "2026-11-21T09:00:05.300Z")).toMatchObject({ startMs: 3_000, endMs: 5_000 });
});

test("ends with its last word where words have times", () => {
  const told = { at: "2026-11-21T09:00:05.000Z", startedAt: "2026-11-21T09:00:03.000Z", timing: [0, 300, 400, 500] }; // prettier-ignore
  expect(place(told, "2026-11-21T09:00:05.300Z")).toEqual({
    startMs: 3_000,
    endMs: 3_900,
    timing: [0, 300, 400, 500],
  });
});

test.each([
  ["ahead of ours", "2026-11-21T09:07:05.000Z", "2026-11-21T09:07:03.000Z"],
  ["behind ours", "2026-11-21T08:00:05.000Z", "2026-11-21T08:00:03.000Z"],
])(
  "a carrier's clock that is far %s is not believed, only how long it says that something took",
  (_, at, startedAt) => {
    expect(place({ at, startedAt }, "2026-11-21T09:00:05.000Z")).toMatchObject({
      startMs: 3_000,
      endMs: 5_000,
    });
  },
);

test("what was said before the answer begins with it", () => {
  expect(place({ at: "2026-11-21T09:00:00.100Z" }, "2026-11-21T09:00:00.200Z")).toMatchObject({
    startMs: 0,
    endMs: 100,
  });
});
