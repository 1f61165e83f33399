import { emptyTranscript, fromSegments, hear, utteranceOf, utterancesOf, type Transcript } from "../../../shared/coaching/transcript/transcript.ts"; // prettier-ignore
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Segment } from "../../../shared/entities/call.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import type { StreamDown } from "../../../shared/sync/wire.ts";
import { recordSql } from "../live/read-records.ts";
import type { Reads, RecordsChanged } from "../replica.ts";

type SaidMessage = Pick<Extract<StreamDown, { type: "said" }>, "callId" | "utterances" | "stopped">;
/** Told what is new of what was said; with nothing when the transcript stops or goes on. */
type Listener = (said: readonly Utterance[]) => void;

/** What is said in calls, joined of what the stream tells at once and what sync brings for good. */
export type Transcripts = {
  /** Takes what the stream says. */
  take(message: SaidMessage): void;
  /** What stands so far, oldest first. */
  utterances(callId: RecordId): Promise<readonly Utterance[]>;
  watch(callId: RecordId, listener: Listener): () => void;
  /** The carrier, or whoever listens, has stopped to write this call down. */
  isStopped(callId: RecordId): boolean;
  close(): void;
};

/** A call that nobody looks at is kept so long, in case somebody does … */
const keptMs = 10 * 60_000;
/** … and of such only so many. */
const mostUnwatched = 8;

type Held = {
  transcript: Transcript;
  /** What is stored has been joined in; null = not yet. */
  joined: Promise<void> | null;
  listeners: Set<Listener>;
  stopped: boolean;
  usedMs: number;
};

export function createTranscripts(reads: Reads, clock: Clock): Transcripts {
  const held = new Map<string, Held>();
  const stop = reads.onChange(follow);

  function hold(callId: RecordId): Held {
    const known = held.get(callId);
    const one = known ?? { transcript: emptyTranscript, joined: null, listeners: new Set(), stopped: false, usedMs: 0 }; // prettier-ignore
    one.usedMs = clock.now();
    // The last one used stands last.
    held.delete(callId);
    held.set(callId, one);
    if (!known) forget();
    return one;
  }

  function forget(): void {
    const unwatched = [...held].filter(([, { listeners }]) => listeners.size === 0);
    for (const [index, [callId, { usedMs }]] of unwatched.entries()) {
      const isTooMany = unwatched.length - index > mostUnwatched;
      if (isTooMany || clock.now() - usedMs > keptMs) held.delete(callId);
    }
  }

  /** Takes tellings into a transcript and tells whoever watches of those that changed it. */
  function join(one: Held, told: readonly Utterance[]): void {
    const fresh = told.filter((utterance) => {
      const before = one.transcript;
      one.transcript = hear(before, utterance);
      return one.transcript !== before;
    });
    if (fresh.length > 0) tell(one, fresh);
  }

  function tell({ listeners }: Held, said: readonly Utterance[]): void {
    for (const listener of listeners) listener(said);
  }

  /** Finals that the stream did not bring come as segments, as everything does that was missed. */
  function follow({ collection, records }: RecordsChanged): void {
    if (collection !== "segments" || held.size === 0) return;
    for (const { before, after } of records) {
      const { callId } = (after ?? before) as Segment;
      const one = callId === null ? undefined : held.get(callId);
      if (one && after) join(one, [utteranceOf(after as Segment)]);
      else if (one) one.transcript = withoutOne(one.transcript, (before as Segment).id);
    }
  }

  async function joinStored(one: Held, callId: RecordId): Promise<void> {
    const rows = await reads.sql<{ doc: Segment }>(
      `select ${recordSql} as doc from ${reads.table("segments")} where not deleted and doc->>'callId' = $1`,
      [callId],
    );
    one.transcript = one.transcript.told.reduce(hear, fromSegments(rows.map(({ doc }) => doc)));
  }

  return {
    take({ callId, utterances, stopped }) {
      const one = hold(callId);
      const turned = one.stopped !== stopped;
      one.stopped = stopped;
      join(one, utterances);
      if (turned) tell(one, []);
    },
    async utterances(callId) {
      const one = hold(callId);
      one.joined ??= joinStored(one, callId);
      await one.joined.catch((error: unknown) => {
        one.joined = null;
        throw error;
      });
      return utterancesOf(one.transcript);
    },
    watch(callId, listener) {
      const { listeners } = hold(callId);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        forget();
      };
    },
    isStopped: (callId) => held.get(callId)?.stopped ?? false,
    close: stop,
  };
}

function withoutOne({ told }: Transcript, id: string): Transcript {
  return { told: told.filter((utterance) => utterance.id !== id) };
}
