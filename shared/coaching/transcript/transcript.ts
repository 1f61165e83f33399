import type { Segment } from "../../entities/call.ts";
import type { Utterance } from "../utterance.ts";

/** What is known of what was said, oldest first. A value: `hear` makes a new one, or gives the same where nothing is new. */
export type Transcript = {
  /** Those that were taken back (without text) too: an older telling must not bring them up again. */
  readonly told: readonly Utterance[];
};

export const emptyTranscript: Transcript = { told: [] };

/**
 * Takes one telling of an utterance, in whatever order and however often tellings come: which one stands does not
 * depend on it. A final one stands against any guess, then the later revision. A speaker, times or words may change
 * with a revision; one without words takes the utterance back.
 */
export function hear(transcript: Transcript, telling: Utterance): Transcript {
  const utterance = repair(telling);
  const { told } = transcript;
  const known = told.findLastIndex(({ id }) => id === utterance.id);
  const before = told[known];
  if (before !== undefined && !supersedes(utterance, before)) return transcript;
  const rest = before === undefined ? told.slice() : told.toSpliced(known, 1);
  const place = rest.findLastIndex((other) => compareUtterances(other, utterance) < 0) + 1;
  rest.splice(place, 0, utterance);
  return { told: rest };
}

/** What stands, oldest first, without what was taken back. */
export function utterancesOf({ told }: Transcript): Utterance[] {
  return told.filter(({ text }) => text.trim() !== "");
}

/** The transcript of stored segments. */
export function fromSegments(segments: readonly Segment[]): Transcript {
  const last = new Map<string, Utterance>();
  for (const utterance of segments.map(utteranceOf)) {
    const before = last.get(utterance.id);
    if (before === undefined || supersedes(utterance, before)) last.set(utterance.id, utterance);
  }
  return { told: [...last.values()].sort(compareUtterances) };
}

/** A stored segment stands against every telling by the stream, which is where it came from. */
export function utteranceOf(segment: Segment): Utterance {
  const { id, speaker, startMs, endMs, text, timing, rev } = segment;
  return repair({ id, speaker, startMs, endMs, text: text.slice(0, 20_000), timing, revision: storedRevision + rev, final: true }); // prettier-ignore
}

/** More than the stream ever counts to. */
const storedRevision = 1_000_000_000;

/** Whether `telling` takes the place of `before`, another telling of the same utterance. */
export function supersedes(telling: Utterance, before: Utterance): boolean {
  if (telling.final !== before.final) return telling.final;
  if (telling.revision !== before.revision) return telling.revision > before.revision;
  // One revision told in two ways is a fault; which one stands must still not depend on their order.
  return contentOf(telling) > contentOf(before);
}

function contentOf({ speaker, startMs, endMs, text, timing }: Utterance): string {
  return JSON.stringify([speaker, startMs, endMs, text, timing]);
}

export function compareUtterances(a: Utterance, b: Utterance): number {
  return a.startMs - b.startMs || a.endMs - b.endMs || compareText(a.id, b.id);
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Clocks disagree by some ms: nothing was said before the answer, and nothing ends before it begins. */
export function repair<Timed extends { startMs: number; endMs: number }>(timed: Timed): Timed {
  const startMs = Math.max(0, timed.startMs);
  const endMs = Math.max(startMs, timed.endMs);
  return startMs === timed.startMs && endMs === timed.endMs ? timed : { ...timed, startMs, endMs };
}
