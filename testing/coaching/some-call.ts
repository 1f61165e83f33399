import fc from "fast-check";
import type { Apart } from "../../shared/coaching/metrics/apart.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import type { Utterance } from "../../shared/coaching/utterance.ts";

const vocabulary =
  `hello my card is lost and i need a new one please can you help me with that what is your name yeah okay right mm-hm
   i see um you know really? no. great terrible not happy مرحبا كيف حالك? 你好 привет спасибо [noise] it's 1,200.50`.split(
    /\s+/u,
  );

const word = fc.record({
  text: fc.constantFrom(...vocabulary),
  lengthMs: fc.integer({ min: 20, max: 600 }),
  pauseMs: fc.oneof(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 0, max: 7_000 })),
});

/** Holds and consultations: in order, apart from each other, the last one perhaps still open. */
export const someApart: fc.Arbitrary<Apart> = fc
  .tuple(fc.uniqueArray(fc.nat(40_000), { maxLength: 8 }), fc.boolean())
  .map(([times, isOpen]) => {
    const sorted = times.toSorted((a, b) => a - b);
    const pairs = sorted.flatMap((fromMs, at) =>
      at % 2 === 0 ? [{ fromMs, toMs: sorted[at + 1] ?? Infinity }] : [],
    );
    return isOpen ? pairs : pairs.filter(({ toMs }) => toMs < Infinity);
  });

/** Utterances of both sides, some over each other, some without told word times; the ids are unique. */
export const someCall: fc.Arbitrary<Utterance[]> = fc
  .array(
    fc.record({
      speaker: fc.constantFrom("agent" as const, "customer" as const),
      afterMs: fc.integer({ min: -3_000, max: 4_000 }),
      words: fc.array(word, { minLength: 0, maxLength: 12 }),
      untimed: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  .map((parts) => {
    let clock = 0;
    return parts.map(({ speaker, afterMs, words, untimed: isUntimed }, at): Utterance => {
      const startMs = Math.max(0, clock + afterMs);
      let passed = 0;
      const timing = words.flatMap(({ lengthMs, pauseMs }) => {
        const from = passed;
        passed += lengthMs + pauseMs;
        return [from, lengthMs];
      });
      const last = timing.slice(-2);
      const endMs = startMs + (last[0] ?? 0) + (last[1] ?? 0);
      clock = endMs;
      const text = words.map(({ text: spoken }) => spoken).join(" ");
      return { id: `u-${at}` as RecordId, speaker, startMs, endMs, text, timing: isUntimed ? [] : timing, revision: 1, final: true }; // prettier-ignore
    });
  });
