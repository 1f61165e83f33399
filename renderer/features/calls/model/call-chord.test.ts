import { expect, test } from "vitest";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { createChordGuard } from "./call-chord.ts";

const anna = { callId: "anna" } as PhoneCall;
const ben = { callId: "ben" } as PhoneCall;
const none = { incoming: null, current: null, wrapUp: null };

/** What the phone shows and from when on, in milliseconds; then when the chord is pressed. */
function isMeant(seen: [number, object][], pressedMs: number): boolean {
  const guard = createChordGuard();
  for (const [atMs, view] of seen) guard.see({ ...none, ...view }, atMs);
  return guard.isMeant(pressedMs);
}

test("a chord that answered does not end the call when it is pressed twice", () => {
  const answered: [number, object][] = [
    [0, { incoming: anna }],
    [4_000, { current: anna }],
  ];
  expect(isMeant(answered, 4_100)).toBe(false);
  expect(isMeant(answered, 5_500)).toBe(true);
});

test.each([
  ["a second caller gives up", { incoming: ben, current: anna }, { current: anna }],
  ["the other of two calls ends", { current: ben }, { current: anna }],
  ["the call ends by itself", { current: anna }, { wrapUp: anna }],
  ["it opened the wrap-up", { wrapUp: anna, docked: true }, { wrapUp: anna }],
])("it does nothing to what is left when %s just before", (_, before, after) => {
  const seen: [number, object][] = [
    [0, before],
    [60_000, after],
  ];
  expect(isMeant(seen, 60_300)).toBe(false);
  expect(isMeant(seen, 62_000)).toBe(true);
});

test("it ends at once a call that nothing was before, and stays what it is while the call goes on", () => {
  expect(isMeant([[0, { current: anna }]], 10)).toBe(true);
  expect(
    isMeant(
      [
        [0, none],
        [9_000, { current: anna }],
        [9_500, { current: { ...anna } }],
      ],
      9_600,
    ),
  ).toBe(true);
});
