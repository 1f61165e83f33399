import { setImmediate } from "node:timers/promises";
import {
  compilePlaybook,
  type CompiledPlaybook,
} from "../../../shared/coaching/playbook/compile-playbook.ts";
import { replayInTurns } from "../../../shared/coaching/playbook/replay-call.ts";
import type { Fired } from "../../../shared/coaching/playbook/start-matching.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import type { PastCall } from "./past-calls.ts";

export type Replayed = { call: PastCall; draft: Fired[]; live: Fired[] };

/** So long at most nobody else is served; a turn of a replay is a few of these milliseconds. */
const sliceMs = 10;

/**
 * What a draft, and what is live, set off in past calls. Lets others be served in between, however long the calls are:
 * no turn of four hours' talk takes more than 30 ms.
 */
export async function tryPlaybooks(
  draft: PlaybookRules,
  live: PlaybookRules | null,
  calls: readonly PastCall[],
  readSaid: (call: PastCall) => Promise<readonly Utterance[]>,
): Promise<Replayed[]> {
  const pause = createPauses();
  const compiled = [draft, ...(live ? [live] : [])].map(compilePlaybook);
  const replayed: Replayed[] = [];
  for (const call of calls) {
    const [byDraft = [], byLive = []] = await replay(compiled, await readSaid(call), call.durationMs, pause);
    replayed.push({ call, draft: byDraft, live: byLive });
  }
  return replayed;
}

async function replay(
  compiled: readonly CompiledPlaybook[],
  utterances: readonly Utterance[],
  durationMs: number,
  pause: () => Promise<void>,
): Promise<Fired[][]> {
  const turns = replayInTurns(compiled, utterances, durationMs);
  let turn = turns.next();
  while (turn.done !== true) {
    await pause();
    turn = turns.next();
  }
  await pause();
  return turn.value;
}

/** Waits for others where the slice is over, and goes on at once where it is not. */
function createPauses(): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < sliceMs) return;
    await setImmediate();
    begun = performance.now();
  };
}
