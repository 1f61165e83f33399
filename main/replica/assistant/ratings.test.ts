import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openRatings } from "./ratings.ts";

let folder: string;
let minute = () => {};
/** Whether the server takes the next words. */
let isThere = true;
const rate = vi.fn(async (_requestId: string, _useful: boolean) => isThere);
const onTrouble = (cause: unknown) => {
  throw cause;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-ratings-"));
  isThere = true;
  rate.mockClear();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () =>
  openRatings({
    ask: { rate },
    path: join(folder, "ratings.json"),
    onTrouble,
    onMinute(again) {
      minute = again;
      return () => (minute = () => {});
    },
  });
const said = () => expect.poll(() => rate.mock.calls.splice(0), { interval: 5 });

test("what is said without a server reaches it later, the last word of each answer, also after a restart", async () => {
  isThere = false;
  const before = await open();
  await before.rate("first", true);
  await before.rate("second", true);
  await before.rate("first", false);
  await before.close();
  await said().toContainEqual(["first", true]);
  const after = await open();
  await said().toEqual([["second", true]]);
  isThere = true;
  minute();
  await said().toEqual([
    ["second", true],
    ["first", false],
  ]);
  minute();
  await after.close();
  await (await open()).close();
  await said().toEqual([]);
});

test("who changes their mind while the server is told is heard twice, and the last word stands", async () => {
  const answers: ((taken: boolean) => void)[] = [];
  rate.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
  const ratings = await open();
  await ratings.rate("one", true);
  await said().toEqual([["one", true]]);
  await ratings.rate("one", false);
  answers[0]?.(true);
  await said().toEqual([["one", false]]);
  answers[1]?.(true);
  await ratings.close();
  rate.mockImplementation(async () => isThere);
});
