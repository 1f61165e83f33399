import { setImmediate } from "node:timers/promises";
import { compileInTurns, type CompiledPlaybook } from "../../../shared/coaching/playbook/compile-playbook.ts";
import { nothingAlike, type AlikeByUtterance } from "../../../shared/coaching/playbook/meanings.ts";
import { replayInTurns } from "../../../shared/coaching/playbook/replay-call.ts";
import type { Fired } from "../../../shared/coaching/playbook/start-matching.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import { createPauses, takeTurns } from "../../../shared/time/turns.ts";
import type { PastCall } from "./past-calls.ts";

export type Replayed = { call: PastCall; draft: Fired[]; live: Fired[] };

/** Compares what was said in a call with what playbooks listen for; null where no model did. */
export type CompareSaid = (
  call: PastCall,
  utterances: readonly Utterance[],
  playbooks: readonly CompiledPlaybook[],
) => Promise<AlikeByUtterance | null>;

/** So long at most nobody else is served; a turn of a replay is a few of these milliseconds. */
const sliceMs = 10;

/**
 * What a draft, and what is live, set off in past calls. Lets others be served in between, however long the calls are:
 * no turn of four hours' talk takes more than 30 ms. `unheard`: of some call no model said what it means.
 */
export async function tryPlaybooks(
  draft: PlaybookRules,
  live: PlaybookRules | null,
  calls: readonly PastCall[],
  readSaid: (call: PastCall) => Promise<readonly Utterance[]>,
  compare: CompareSaid,
): Promise<{ replayed: Replayed[]; unheard: boolean }> {
  const pause = createPauses(() => performance.now(), setImmediate, sliceMs);
  const compiled: CompiledPlaybook[] = [];
  for (const rules of [draft, ...(live ? [live] : [])])
    compiled.push(await takeTurns(compileInTurns(rules), pause));
  const replayed: Replayed[] = [];
  let unheard = false;
  for (const call of calls) {
    const said = await readSaid(call);
    const alike = await compare(call, said, compiled);
    unheard ||= alike === null;
    const { durationMs, apart } = call;
    const turns = replayInTurns(compiled, said, { durationMs, apart, alike: alike ?? nothingAlike });
    const [byDraft = [], byLive = []] = await takeTurns(turns, pause);
    replayed.push({ call, draft: byDraft, live: byLive });
  }
  return { replayed, unheard };
}
