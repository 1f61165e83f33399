import {
  examplesOf,
  isCompared,
  type Alike,
  type AlikeByUtterance,
} from "../../../shared/coaching/playbook/meanings.ts";
import {
  coachingPaths,
  MeaningAnswer,
  mostCompared,
  type MeaningRequest,
} from "../../../shared/coaching/server-wire.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import type { AskTelephony } from "../phone/ask-telephony.ts";
import type { ChosenPlaybook } from "./call-coach.ts";

/** What is said, compared by the server's model; null = it could not be asked. */
export type CompareMeanings = (request: MeaningRequest) => Promise<MeaningAnswer | null>;

export function createCompareMeanings(ask: AskTelephony): CompareMeanings {
  return async (request) => {
    const answer = await ask("POST", coachingPaths.meaning, request, MeaningAnswer);
    return answer.ok ? answer.value : null;
  };
}

/** Of one call. Whatever becomes of it, nothing waits for it. */
export type MeaningEar = { hear(said: readonly Utterance[]): void; close(): void };

/** So at most thirty times a minute, however much is said. */
const everyMs = 2_000;
/** What a call of half an hour has; of more the last is worth asking about. */
const mostWaiting = 256;
const longestText = 2_000;

/**
 * Has what is said for good compared with what the playbook listens for, in batches, the newest first: a card is for
 * what was said just now. Where no model is set up nothing more is asked in this call; what got no answer is left.
 */
export function listenForMeanings(
  { compare, timers }: { compare: CompareMeanings; timers: Timers },
  { callId, chosen: { playbook, compiled } }: { callId: RecordId; chosen: ChosenPlaybook },
  tell: (utterance: Utterance, alike: Alike) => void,
): MeaningEar {
  const examples = examplesOf(playbook);
  const waiting = new Map<string, Utterance>();
  let isOver = examples.length === 0;
  let isBusy = false;
  let cancel = () => {};

  function close(): void {
    isOver = true;
    waiting.clear();
    cancel();
  }

  function takeBatch(): Utterance[] {
    const batch = [...waiting.values()].slice(-mostCompared);
    for (const { id } of batch) waiting.delete(id);
    return batch;
  }

  async function askOn(): Promise<void> {
    const batch = takeBatch();
    isBusy = batch.length > 0;
    if (!isBusy) return;
    const said = batch.map(({ text }) => text.slice(0, longestText));
    const answer = await compare({ callId, playbookId: playbook.id, said }).catch(() => null);
    if (isOver) return;
    if (answer?.state === "no-model") return close();
    for (const [at, row] of (answer?.alike ?? []).entries()) {
      const utterance = batch[at];
      if (utterance) tell(utterance, new Map(examples.map((example, of) => [example, row[of] ?? -1])));
    }
    cancel = timers.after(everyMs, () => void askOn());
  }

  return {
    hear(said) {
      if (isOver) return;
      for (const one of said.filter((utterance) => isCompared(compiled, utterance))) {
        waiting.delete(one.id);
        waiting.set(one.id, one);
      }
      for (const id of waiting.keys()) if (waiting.size > mostWaiting) waiting.delete(id);
      if (!isBusy) void askOn();
    },
    close,
  };
}

/** Calls whose wrap-up may still be on the screen. */
const mostCalls = 4;

/** What was compared in the last calls of this desk, for the reports that it makes itself. */
export function createAlikeMemory(): {
  keep(callId: string, utteranceId: string, alike: Alike): void;
  of(callId: string): AlikeByUtterance;
} {
  const byCall = new Map<string, Map<string, Alike>>();
  return {
    keep(callId, utteranceId, alike) {
      const known = byCall.get(callId) ?? new Map<string, Alike>();
      known.set(utteranceId, alike);
      byCall.set(callId, known);
      for (const oldest of byCall.keys()) if (byCall.size > mostCalls) byCall.delete(oldest);
    },
    of: (callId) => byCall.get(callId) ?? new Map(),
  };
}
