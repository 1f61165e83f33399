import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { measureLevel } from "../media/mixer.ts";
import { sampleRate } from "../../../../shared/calls/mulaw.ts";
import { openLibrary } from "./library.ts";
import { readGreetings } from "./read-greetings.ts";
import type { CallScript } from "./script.ts";
import { chooseOutcome, type Outcome } from "./outcomes.ts";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const calls = folder("../../../../resources/demo/calls");
const harperValley = folder("../../../../../shared/data/harper-valley");

/** How loud the customer is within his words, and outside all his turns. */
async function measure(script: CallScript): Promise<{ within: number; outside: number }> {
  const audio = await script.load("customer");
  const own = script.turns.filter((turn) => turn.speaker === "customer");
  const cut = (fromMs: number, toMs: number) =>
    audio.subarray((fromMs * sampleRate) / 1000, (toMs * sampleRate) / 1000);
  const words = own.flatMap((turn) => turn.words).map((word) => measureLevel(cut(word.startMs, word.endMs)));
  const pauses = own
    .slice(1)
    .map((turn, index) => measureLevel(cut((own[index]?.endMs ?? 0) + 300, turn.startMs - 300)));
  const mean = (levels: number[]) => {
    const real = levels.filter((level) => !Number.isNaN(level));
    return real.reduce((sum, level) => sum + level, 0) / real.length;
  };
  return { within: mean(words), outside: mean(pauses) };
}

test("without any folder there is a caller who hums", async () => {
  const library = await openLibrary({ calls: null, harperValley: null });
  expect(library.list().map((one) => one.id)).toEqual(["tone"]);
  expect(library.next().id).toBe("tone");
});

describe.skipIf(!existsSync(calls))("the calls in resources/demo (skipped: they are absent)", () => {
  test("are read, take turns, and speak where their words stand", async () => {
    const library = await openLibrary({ calls, harperValley: null });
    expect(library.list().length).toBeGreaterThan(1);
    expect(library.next().id).not.toBe(library.next().id);
    const [script] = library.list();
    if (!script) throw new Error("there is no script");
    const { within, outside } = await measure(script);
    expect(within).toBeGreaterThan(0.02);
    expect(within).toBeGreaterThan(outside * 10);
  });
});

describe.skipIf(!existsSync(harperValley))("Harper Valley (skipped: ../shared/data is absent)", () => {
  test("is read on the clock that both channels share", async () => {
    const library = await openLibrary({ calls: null, harperValley });
    const script = library.find("harper-valley-01cefd6f5c044a6f");
    if (!script) throw new Error("there is no such call");
    expect(script.customer.name).toBe("John Garcia");
    expect(script.turns[0]).toMatchObject({ speaker: "agent", startMs: 2_290, endMs: 6_160 });
    const { within, outside } = await measure(script);
    expect(within).toBeGreaterThan(outside * 3);
  });
});

const greetingsDir = folder("../../../../resources/demo/greetings");

describe.skipIf(!existsSync(greetingsDir))(
  "the greetings in resources/demo (skipped: they are absent)",
  () => {
    test("are found by their words, and machines take turns", async () => {
      const greetings = await readGreetings(greetingsDir);
      const hold = await greetings.find("Please hold the line. Somebody will be with you in a moment.");
      expect(hold?.length).toBeGreaterThan(2 * sampleRate);
      expect(measureLevel(hold ?? new Int16Array(1))).toBeGreaterThan(0.01);
      expect(greetings.find("Nobody has said this.")).toBeNull();
      expect(await greetings.nextVoicemail()).not.toEqual(await greetings.nextVoicemail());
    });
  },
);

test("outcomes: what was set, then the magic numbers, else an answer; no number is invalid", () => {
  const set = new Map<string, Outcome>([["+14155550123", { kind: "busy" }]]);
  expect(chooseOutcome(set, "+14155550123").kind).toBe("busy");
  expect(chooseOutcome(set, "+15005550003").kind).toBe("no-answer");
  expect(chooseOutcome(set, "+14155550124").kind).toBe("answers");
  expect(["", "abc", "+1", "+0123456789", "911"].map((number) => chooseOutcome(set, number).kind)).toEqual(
    Array<string>(5).fill("invalid"),
  );
});
