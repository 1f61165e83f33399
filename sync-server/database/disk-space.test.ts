import { expect, test } from "vitest";
import { leastFreeBytes, saysDiskFull, saysReadOnly, watchDiskSpace } from "./disk-space.ts";

test("a disk is looked at a few times a second, however often somebody asks", () => {
  let nowMs = 0;
  let free = leastFreeBytes;
  let looks = 0;
  const space = watchDiskSpace(
    "/data",
    () => nowMs,
    () => {
      looks += 1;
      return free;
    },
  );
  expect(space.isShort()).toBe(false);
  free -= 1;
  expect([space.isShort(), looks]).toEqual([false, 1]);
  nowMs += 250;
  expect([space.isShort(), looks]).toEqual([true, 2]);
  free += 1;
  nowMs += 250;
  expect(space.isShort()).toBe(false);
});

test("what the database says of its disk is known below what others made of it", () => {
  const failed = (cause: unknown) => new Error("Failed query", { cause });
  expect(saysDiskFull(failed({ code: "53100" }))).toBe(true);
  expect(saysReadOnly(failed(failed({ code: "25006" })))).toBe(true);
  const others = [failed({ code: "23505" }), new Error("other"), null];
  expect(others.map((error) => saysDiskFull(error) || saysReadOnly(error))).toEqual([false, false, false]);
});
