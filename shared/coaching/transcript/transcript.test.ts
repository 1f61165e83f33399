import fc from "fast-check";
import { expect, test } from "vitest";
import { someCall } from "../../../testing/coaching/some-call.ts";
import { Segment } from "../../entities/call.ts";
import type { RecordId } from "../../entities/id.ts";
import type { Utterance } from "../utterance.ts";
import { emptyTranscript, fromSegments, hear, utterancesOf } from "./transcript.ts";

function telling(change: Partial<Utterance>): Utterance {
  return { id: "u" as RecordId, speaker: "agent", startMs: 100, endMs: 900, text: "good", timing: [], revision: 1, final: false, ...change }; // prettier-ignore
}

function hearAll(tellings: readonly Utterance[]): Utterance[] {
  return utterancesOf(tellings.reduce(hear, emptyTranscript));
}

test("a later revision stands, and a final one against any guess", () => {
  const [guess, better, last] = [telling({}), telling({ revision: 2, text: "good morning" }), telling({ revision: 2, text: "good morning", final: true })]; // prettier-ignore
  const late = telling({ revision: 9, text: "good mourning" });
  for (const order of [
    [guess, better, last, late],
    [late, last, better, guess],
    [last, guess, last, late],
  ])
    expect(hearAll(order)).toEqual([last]);
});

test("a corrected speaker and a corrected final take the place of what was there", () => {
  const said = telling({ final: true });
  const corrected = telling({ final: true, revision: 2, speaker: "customer", startMs: 50 });
  expect(hearAll([corrected, said])).toEqual([corrected]);
});

test("what is taken back does not come up again by an older telling", () => {
  const taken = telling({ final: true, revision: 3, text: " " });
  expect(hearAll([telling({ revision: 1 }), taken, telling({ revision: 2 })])).toEqual([]);
});

test("nothing was said before the answer, and nothing ends before it begins", () => {
  expect(hearAll([telling({ startMs: -80, endMs: -20 })])).toMatchObject([{ startMs: 0, endMs: 0 }]);
  expect(hearAll([telling({ startMs: 500, endMs: 400 })])).toMatchObject([{ startMs: 500, endMs: 500 }]);
});

test("what is heard twice changes nothing, not even the object", () => {
  const once = hear(emptyTranscript, telling({}));
  expect(hear(once, telling({}))).toBe(once);
});

test("the order and number of tellings do not matter; what stands is in the order of time", () => {
  const revised = someCall.chain((call) => {
    const tellings = call.flatMap((one) => [one, { ...one, revision: 2, startMs: one.startMs + 30 }, { ...one, revision: 0, final: false }]); // prettier-ignore
    return fc.tuple(fc.constant(tellings), fc.shuffledSubarray([...tellings, ...tellings], { minLength: tellings.length * 2 })); // prettier-ignore
  });
  fc.assert(
    fc.property(revised, ([tellings, shuffled]) => {
      const heard = hearAll(shuffled);
      expect(heard).toEqual(hearAll(tellings));
      const starts = heard.map(({ startMs }) => startMs);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    }),
  );
});

test("a stored segment stands against every telling; of two states of it the later does", () => {
  const at = "2026-11-21T10:00:00.000Z";
  const base = {
    createdAt: at,
    updatedAt: at,
    kept: [],
    callId: "c",
    leadId: null,
    agentId: null,
    teamId: null,
  };
  const stored = Segment.parse({
    ...base,
    id: "u",
    rev: 1,
    speaker: "agent",
    startMs: 100,
    endMs: 900,
    text: "stored",
  });
  const again = { ...stored, rev: 2, text: "corrected" };
  expect(utterancesOf(hear(fromSegments([stored]), telling({ final: true, revision: 40 })))).toMatchObject([{ text: "stored" }]); // prettier-ignore
  expect(utterancesOf(fromSegments([again, stored, again]))).toMatchObject([
    { text: "corrected", final: true },
  ]);
});
