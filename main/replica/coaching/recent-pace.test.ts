import { expect, test } from "vitest";
import { createRecentPace } from "./recent-pace.ts";

/** What the metrics of a call say of an agent who has spoken that long at that pace on the whole. */
const spoken = (agentMs: number, paceWpm: number) => ({ agentMs, paceWpm });

test("is of the last half minute, not of the whole call", () => {
  const pace = createRecentPace();
  for (let atMs = 0; atMs <= 120_000; atMs += 1_000) pace.read(atMs, spoken(atMs / 2, 120));
  // 60 s at 120 words a minute are 120 words; 15 s more at 240 are 60 more.
  expect(pace.read(150_000, spoken(75_000, (180 * 60) / 75))).toBe(240);
});

test("says nothing of somebody who has hardly spoken", () => {
  const pace = createRecentPace();
  expect(pace.read(0, {})).toBeNull();
  expect(pace.read(20_000, spoken(7_999, 200))).toBeNull();
  expect(pace.read(21_000, spoken(8_000, 200))).toBe(200);
});

test("is not more than it was for words from before their pace could be told", () => {
  const pace = createRecentPace();
  pace.read(0, {});
  for (let atMs = 1_000; atMs <= 60_000; atMs += 1_000) {
    // A second of speech in each three, from the start on.
    const agentMs = atMs / 3;
    const read = pace.read(atMs, agentMs < 5_000 ? { agentMs } : spoken(agentMs, 150));
    if (read !== null) expect(read).toBe(150);
  }
});
