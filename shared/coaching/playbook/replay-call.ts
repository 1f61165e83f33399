import { createLiveMetrics } from "../metrics/live-metrics.ts";
import { wordsOf, type Word } from "../text/words.ts";
import type { Utterance } from "../utterance.ts";
import type { CompiledPlaybook } from "./compile-playbook.ts";
import { startMatching, type Fired } from "./start-matching.ts";

/** In a live call, quiet and figures are looked at about so often. */
const stepMs = 1_000;
/** One turn of the generator: some milliseconds of work, however long the call was. */
const turnMs = 10_000;

/** What a playbook sets off in a call that is over, oldest first: as it did, or would have done, while it went on. */
export function replayCall(
  playbook: CompiledPlaybook,
  utterances: readonly Utterance[],
  durationMs: number,
): Fired[] {
  const replay = replayInTurns([playbook], utterances, durationMs);
  let turn = replay.next();
  while (turn.done !== true) turn = replay.next();
  return turn.value[0] ?? [];
}

/**
 * As {@link replayCall}, for several playbooks at once, with a pause after each ten seconds of the call: whoever replays
 * many calls can do something else in between. One list for each playbook.
 */
export function* replayInTurns(
  playbooks: readonly CompiledPlaybook[],
  utterances: readonly Utterance[],
  durationMs: number,
): Generator<void, Fired[][]> {
  const metrics = createLiveMetrics();
  const replays = playbooks.map((playbook) => ({ matching: startMatching(playbook), fired: [] as Fired[] }));
  const tellings = utterances.flatMap(tellingsOf).toSorted((one, other) => one.atMs - other.atMs);
  const endMs = Math.max(durationMs, tellings.at(-1)?.atMs ?? 0);
  let told = 0;
  for (let nowMs = stepMs; nowMs < endMs + stepMs; nowMs += stepMs) {
    for (; (tellings[told]?.atMs ?? Infinity) <= nowMs; told += 1) hear(tellings[told]?.telling);
    tick(nowMs, metrics.read(Math.min(nowMs, endMs)));
    if (nowMs % turnMs === 0) yield;
  }
  // What still waits for words that must not stand near it: they do not come any more.
  tick(Infinity, { metrics: {}, quietSinceMs: null });
  return replays.map(({ fired }) => fired.toSorted((one, other) => one.atMs - other.atMs));

  function hear(telling: Utterance | undefined): void {
    if (!telling) return;
    metrics.hear(telling);
    for (const { matching, fired } of replays) fired.push(...matching.hear(telling));
  }

  function tick(nowMs: number, surroundings: Parameters<(typeof replays)[0]["matching"]["tick"]>[1]): void {
    for (const { matching, fired } of replays) fired.push(...matching.tick(nowMs, surroundings));
  }
}

/** An utterance as it grew: what had been said at each step, then all of it. */
function tellingsOf(utterance: Utterance): { atMs: number; telling: Utterance }[] {
  const words = wordsOf(utterance);
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return [];
  const grown = [];
  for (let atMs = Math.ceil(first.endMs / stepMs) * stepMs; atMs < last.endMs; atMs += stepMs)
    grown.push({ atMs, telling: saidUntil(utterance, words, atMs) });
  return [...grown, { atMs: last.endMs, telling: { ...utterance, final: true } }];
}

function saidUntil(utterance: Utterance, all: readonly Word[], atMs: number): Utterance {
  const words = all.filter(({ endMs }) => endMs <= atMs);
  return {
    ...utterance,
    text: words.map(({ text }) => text).join(" "),
    timing: words.flatMap(({ startMs, endMs }) => [startMs - utterance.startMs, endMs - startMs]),
    endMs: words.at(-1)?.endMs ?? utterance.startMs,
    revision: Math.floor(atMs / stepMs),
    final: false,
  };
}
