import { expect, test } from "vitest";
import { createDtmfReader } from "./dtmf-events.ts";

const event = (code: number, end: boolean) => Uint8Array.of(code, end ? 0x8a : 0x0a, 0x03, 0x20);

test("a key is one digit, however many packets it takes (RFC 4733)", () => {
  const digits: string[] = [];
  const read = createDtmfReader((digit) => digits.push(digit));
  for (const end of [false, false, true, true, true]) read(event(5, end), 800);
  for (const end of [false, true, true, true]) read(event(5, end), 1_600);
  read(event(11, true), 2_400);
  expect(digits).toEqual(["5", "5", "#"]);
});

test("what is no key is none", () => {
  const digits: string[] = [];
  const read = createDtmfReader((digit) => digits.push(digit));
  read(event(16, false), 1);
  read(Uint8Array.of(1), 2);
  expect(digits).toEqual([]);
});
