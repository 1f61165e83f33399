import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseRecordings, type KeptRecording, type WantedRecording } from "./choose-recordings.ts";

const number = fc.integer({ min: 0, max: 11 });
const recording = (n: number, sizeBytes: number): WantedRecording => ({
  ...{ key: `recording-${n}`, callId: `call-${n}`, sizeBytes },
  // Some calls began together.
  atMs: 1_000 * Math.floor(n / 2),
});
const size = fc.integer({ min: 1, max: 60 });
const disk = fc
  .record({
    sizes: fc.array(size, { minLength: 12, maxLength: 12 }),
    wanted: fc.uniqueArray(number),
    kept: fc.uniqueArray(fc.tuple(number, fc.boolean()), { selector: ([n]) => n }),
    limitBytes: fc.integer({ min: 0, max: 150 }),
  })
  .map(({ sizes, limitBytes, ...given }) => ({
    wanted: given.wanted.map((n) => recording(n, sizes[n] ?? 1)),
    kept: given.kept.map(([n, heard]): KeptRecording => ({ ...recording(n, sizes[n] ?? 1), heard })),
    limitBytes,
  }));

const sum = (all: readonly { sizeBytes: number }[]) => all.reduce((bytes, one) => bytes + one.sizeBytes, 0);
const unheard = (all: readonly KeptRecording[]) => all.filter(({ heard }) => !heard);

/** Does what is said until there is nothing to do. @param sizeOf what a recording turns out to be */
function settle(
  {
    wanted: all,
    kept: before,
    limitBytes,
  }: { wanted: WantedRecording[]; kept: KeptRecording[]; limitBytes: number },
  sizeOf: (one: WantedRecording) => number = ({ sizeBytes }) => sizeBytes,
) {
  const known = new Map<string, number>();
  let here = before;
  let fetched = 0;
  for (let step = 0; step < 100; step += 1) {
    const asked = all.map((one) => ({ ...one, sizeBytes: known.get(one.key) ?? one.sizeBytes }));
    const { drop, fetch } = chooseRecordings(asked, here, limitBytes);
    here = here.filter((one) => !drop.includes(one));
    expect(sum(unheard(here))).toBeLessThanOrEqual(limitBytes);
    if (!fetch) return { here, fetched };
    known.set(fetch.key, sizeOf(fetch));
    here = [...here, { ...fetch, sizeBytes: sizeOf(fetch), heard: false }];
    fetched += 1;
  }
  throw new Error("It goes on for ever");
}

test("what was heard stays, what is here is not fetched, and nothing goes while there is room", () => {
  let dropped = 0;
  fc.assert(
    fc.property(disk, (given) => {
      const { drop, fetch } = chooseRecordings(given.wanted, given.kept, given.limitBytes);
      expect(drop.filter(({ heard }) => heard)).toEqual([]);
      expect(given.kept.map(({ key }) => key)).not.toContain(fetch?.key);
      const isRoomForAll = sum(given.wanted) + sum(unheard(given.kept)) <= given.limitBytes;
      if (isRoomForAll) expect(drop).toEqual([]);
      expect(drop.map(({ atMs }) => atMs)).toEqual(drop.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
      dropped += drop.length;
    }),
  );
  expect(dropped).toBeGreaterThan(0);
});

test("in the end the newest that there is room for are here, and no older one in the place of a newer", () => {
  let fetches = 0;
  fc.assert(
    fc.property(disk, (given) => {
      const { here, fetched } = settle(given);
      fetches += fetched;
      const keys = new Set(here.map(({ key }) => key));
      for (const missing of given.wanted.filter(({ key }) => !keys.has(key))) {
        const newer = unheard(here).filter(
          ({ key, atMs }) => atMs >= missing.atMs && given.wanted.some((one) => one.key === key),
        );
        expect(sum(newer) + missing.sizeBytes).toBeGreaterThan(given.limitBytes);
      }
    }),
  );
  expect(fetches).toBeGreaterThan(0);
});

test("recordings that turn out larger or smaller than expected come to an end as well", () => {
  fc.assert(
    fc.property(
      disk,
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 12, maxLength: 12 }),
      (given, sizes) => {
        settle(given, ({ key }) => sizes[Number(key.split("-")[1])] ?? 1);
      },
    ),
  );
});

test("what nobody would review any more makes room, the oldest first", () => {
  const old = [0, 2, 4].map((n): KeptRecording => ({ ...recording(n, 40), heard: false }));
  const { drop, fetch } = chooseRecordings([recording(8, 30)], old, 120);
  expect(drop.map(({ key }) => key)).toEqual(["recording-0"]);
  expect(fetch?.key).toBe("recording-8");
});
