import { neverApart, type Apart } from "../metrics/apart.ts";
import { createLiveMetrics } from "../metrics/live-metrics.ts";
import type { Utterance } from "../utterance.ts";
import type { CompiledPlaybook } from "./compile-playbook.ts";
import { nothingAlike, type AlikeByUtterance } from "./meanings.ts";
import { retellCall } from "./retell-call.ts";
import { startMatching, type Fired, type Surroundings } from "./start-matching.ts";

/** One turn of the generator is so much of the call or so many tellings, whichever comes first: some milliseconds. */
const turnMs = 10_000;
const turnTellings = 100;

export type Replay = {
  durationMs: number;
  /** When the two did not hear each other: no silence of those times sets anything off. */
  apart?: Apart;
  /** What was said, compared in meaning where a model did so. */
  alike?: AlikeByUtterance;
};

/**
 * What playbooks set off in a call that is over, oldest first, one list for each: as they did, or would have done, while
 * it went on. Pauses often: whoever replays has something else to do in between.
 */
export function* replayInTurns(
  playbooks: readonly CompiledPlaybook[],
  utterances: readonly Utterance[],
  { durationMs, apart = neverApart, alike = nothingAlike }: Replay,
): Generator<void, Fired[][]> {
  const metrics = createLiveMetrics();
  metrics.part(apart);
  const replays = playbooks.map((playbook) => ({ matching: startMatching(playbook), fired: [] as Fired[] }));
  let pausedMs = 0;
  let told = 0;
  for (const { nowMs, tellings } of retellCall(utterances, durationMs)) {
    for (const telling of tellings) {
      hear(telling);
      if ((told += 1) % turnTellings === 0) yield;
    }
    tick(nowMs, metrics.read(nowMs));
    if (nowMs - pausedMs < turnMs) continue;
    pausedMs = nowMs;
    yield;
  }
  // What still waits for words that must not stand near it: they do not come any more.
  tick(Infinity, { metrics: {}, quietSinceMs: null });
  return replays.map(({ fired }) => fired.toSorted((one, other) => one.atMs - other.atMs));

  function hear(telling: Utterance): void {
    metrics.hear(telling);
    const means = telling.final ? alike.get(telling.id) : undefined;
    for (const { matching, fired } of replays) {
      fired.push(...matching.hear(telling));
      if (means) fired.push(...matching.compare(telling, means));
    }
  }

  function tick(nowMs: number, surroundings: Surroundings): void {
    for (const { matching, fired } of replays) fired.push(...matching.tick(nowMs, surroundings));
  }
}
