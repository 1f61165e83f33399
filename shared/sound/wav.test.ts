import fc from "fast-check";
import { expect, test } from "vitest";
import { readWav, writeWav } from "./wav.ts";

const second = writeWav(Int16Array.from({ length: 8_000 }, (_, at) => (at % 200) - 100));

test("what is written is read: a second lasts a second", () => {
  expect(readWav(second)).toEqual({ ok: true, value: { durationMs: 1_000 } });
  expect(new DataView(second.buffer).getInt16(44, true)).toBe(-100);
});

test("chunks beside the sound are passed over, those of odd length too", () => {
  const list = new Uint8Array([76, 73, 83, 84, 3, 0, 0, 0, 1, 2, 3, 0]);
  const file = Uint8Array.from([...second.subarray(0, 36), ...list, ...second.subarray(36)]);
  expect(readWav(file)).toEqual({ ok: true, value: { durationMs: 1_000 } });
});

test.each([
  ["nothing", new Uint8Array(), "not-wav"],
  ["a page", new TextEncoder().encode("<!doctype html><script>alert(1)</script>"), "not-wav"],
  ["half of it", second.subarray(0, 5_000), "cut-off"],
  ["a head alone", second.subarray(0, 36), "cut-off"],
  ["no sound", writeWav(new Int16Array()), "empty"],
  ["two channels", changed(22, 2), "other-format"],
  ["44,100 Hz", changed(24, 44_100 & 0xffff), "other-format"],
  ["8 bits", changed(34, 8), "other-format"],
  ["mu-law", changed(20, 7), "other-format"],
])("%s is refused", (_, file, error) => {
  expect(readWav(file)).toEqual({ ok: false, error });
});

test("no bytes make it throw, or last longer than they are", () => {
  const head = [...second.subarray(0, 44)];
  const file = fc.tuple(fc.constantFrom(head, []), fc.array(fc.tuple(fc.nat(43), fc.nat(255)), { maxLength: 6 }), fc.uint8Array({ maxLength: 200 })); // prettier-ignore
  fc.assert(
    fc.property(file, ([start, changes, rest]) => {
      const bytes = Uint8Array.from([...start, ...rest]);
      for (const [at, to] of changes) if (at < bytes.length) bytes[at] = to;
      const read = readWav(bytes);
      if (read.ok) expect(read.value.durationMs).toBeLessThanOrEqual(bytes.length / 16);
    }),
  );
});

function changed(at: number, to: number): Uint8Array {
  const file = second.slice();
  new DataView(file.buffer).setUint16(at, to, true);
  return file;
}
