import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyTranscript, hear, utterancesOf } from "../../../shared/coaching/transcript/transcript.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { seededRandom } from "../../../shared/result/seeded-random.ts";
import type { NoticeOf } from "../notices.ts";
import { announceOn, followTrack, nameTrack, silentTrack, type Track } from "./follow-track.ts";
import { nameFinal, nameGuess } from "./name-utterance.ts";

type Told = NoticeOf<"transcript">;
const at = "2026-11-21T09:00:00.000Z";
const telling = (seq: number, text: string, final: boolean): Told => ({ kind: "transcript", legId: "l", sid: "s", track: "said", session: "GT1", seq, final, text, at, startedAt: null, timing: [] }); // prettier-ignore

/** Utterances of one track, each guessed word by word and then heard for good; numbers grow with each telling. */
function speak(wordCounts: readonly number[]): Told[] {
  let seq = 0;
  return wordCounts.flatMap((count, index) => {
    const words = Array.from({ length: count }, (_, word) => `u${index}w${word}`);
    const guesses = words.map((_, word) => telling((seq += 1), words.slice(0, word + 1).join(" "), false));
    return [...guesses, telling((seq += 1), `${words.join(" ")}.`, true)];
  });
}

/** A desk, the nodes that take webhooks of the call, and the database that they share. */
function createWorld(nodeCount: number) {
  const nodes: Track[] = Array.from({ length: nodeCount }, () => silentTrack);
  const stored = new Map<string, string>();
  let newest = 0;
  let desk = emptyTranscript;
  const show = (id: string, { text, seq, final }: Pick<Told, "text" | "seq" | "final">) =>
    (desk = hear(desk, { id: id as RecordId, speaker: "customer", startMs: seq, endMs: seq, text, timing: [], revision: seq, final } satisfies Utterance)); // prettier-ignore
  const tell = (node: number) => {
    const { guess, newest: heard } = nodes[node] as Track;
    if (guess === null) return;
    const id = nameGuess("call", "c", heard);
    nodes[node] = nameTrack(nodes[node] as Track, id);
    show(id, guess.told);
  };
  return {
    names: () => utterancesOf(desk).map(({ id, text, final }) => ({ id, text, final })),
    /** A webhook arrives at a node. */
    take(node: number, told: Told) {
      nodes[node] = followTrack(nodes[node] as Track, told);
      tell(node);
    },
    store(told: Told) {
      if (told.seq === newest) return;
      const id = nameFinal("call", "c", newest, told.seq);
      newest = Math.max(newest, told.seq);
      stored.set(id, told.text);
      show(id, told);
      nodes.forEach((track, node) => {
        const after = announceOn(track, [id], newest);
        nodes[node] = after.track;
        for (const orphan of after.orphans) show(orphan, telling(newest, "", false));
        tell(node);
      });
    },
    stored,
  };
}

test("partial results have the name of the final that ends them", () => {
  const world = createWorld(1);
  const said = speak([2, 1]);
  const seen: string[][] = [];
  for (const told of said) {
    world.take(0, told);
    if (told.final) world.store(told);
    seen.push(world.names().map(({ id, final }) => `${id}${final ? "!" : ""}`));
  }
  expect(seen).toEqual([
    ["call:c:0"],
    ["call:c:0"],
    ["call:c:0!"],
    ["call:c:0!", "call:c:3"],
    ["call:c:0!", "call:c:3!"],
  ]);
});

test("late, doubled and shuffled tellings at several nodes come to every final once, and to no guess that stays", () => {
  let outOfOrder = 0;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer(),
      fc.integer({ min: 0, max: 30 }),
      (counts, nodeCount, seed, window) => {
        const random = seededRandom(seed);
        const world = createWorld(nodeCount);
        const said = speak(counts);
        const doubled = said.flatMap((told) => (random() < 0.3 ? [told, told] : [told]));
        const order = doubled
          .map((told, index) => ({ told, place: index + random() * window }))
          .toSorted((a, b) => a.place - b.place);
        let waiting: { told: Told; place: number }[] = [];
        const kept = new Set<number>();
        for (const { told, place } of order) {
          world.take(Math.floor(random() * nodeCount), told);
          // The inbox knows doubles by their identity; it is worked on a little later.
          if (told.final && !kept.has(told.seq)) waiting.push({ told, place: place + random() * window });
          if (told.final) kept.add(told.seq);
          const due = waiting.filter((one) => one.place <= place).toSorted((a, b) => a.place - b.place);
          waiting = waiting.filter((one) => !due.includes(one));
          for (const one of due) world.store(one.told);
        }
        for (const one of waiting.toSorted((a, b) => a.place - b.place)) world.store(one.told);
        const finals = said.filter(({ final }) => final).map(({ text }) => text);
        if (order.some(({ told }, index) => told.seq < (order[index - 1]?.told.seq ?? 0))) outOfOrder += 1;
        expect([...world.stored.values()].toSorted()).toEqual(finals.toSorted());
        expect(world.names().map(({ text }) => text).toSorted()).toEqual(finals.toSorted()); // prettier-ignore
        expect(world.names().every(({ final }) => final)).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
  expect(outOfOrder).toBeGreaterThan(50);
});

test("an utterance begins when it was first guessed, however its guesses come", () => {
  const [first, second, last] = speak([2]) as [Told, Told, Told];
  const early = { ...first, at: "2026-11-21T08:59:58.000Z" };
  const track = followTrack(followTrack(silentTrack, early), second);
  expect(track.guess?.since).toBe("2026-11-21T08:59:57.625Z");
  expect(followTrack(track, last).guess).toBeNull();
  expect(followTrack(track, early)).toBe(track);
});
