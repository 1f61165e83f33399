import type { Clock } from "../../../shared/result/ports.ts";
import type { Heard, SpeechSession, SpeechToText } from "./port.ts";

export type ListenPorts = {
  speech: SpeechToText;
  sampleRate: number;
  language: string | null;
  clock: Clock;
  /** Positions are of the track. */
  onHeard(heard: Heard): void;
  /** The provider is not there; it is asked again in a while. */
  onStopped(why: string): void;
};

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** So much speech without a word in return, and the provider hangs. */
const patienceMs = 10_000;
/** Louder than a quiet line; speech is some ten times that. */
const voicedLevel = 500;
/** What a network has lost is heard as silence; more than this is a pause of the carrier's. */
const longestGapMs = 5_000;

type Session = {
  with: SpeechSession;
  /** Position on the track of its first sample, and how much it was given. */
  startsAtMs: number;
  givenMs: number;
  /** Speech since it last said something. */
  unansweredMs: number;
  heard: boolean;
};

/**
 * Listens to one track of a call for as long as it goes on. The call never waits for a provider: while there is none,
 * what is said is lost to the transcript, and later words stand where they were said.
 */
export function listenToTrack(ports: ListenPorts) {
  const { speech, sampleRate, language, clock, onHeard, onStopped } = ports;
  let session: Session | null = null;
  let pauseMs = firstPauseMs;
  let nextTryMs = 0;
  let closed = false;

  function open(startsAtMs: number): Session {
    const fresh: Session = { with: { hear() {}, close() {} }, startsAtMs, givenMs: 0, unansweredMs: 0, heard: false }; // prettier-ignore
    fresh.with = speech.open({
      sampleRate,
      language,
      onHeard: (heard) => take(fresh, heard),
      onSent() {},
      onEnd: (why) => end(fresh, why),
    });
    return fresh;
  }

  function take(from: Session, heard: Heard): void {
    from.unansweredMs = 0;
    from.heard = true;
    pauseMs = firstPauseMs;
    if (session !== from && !closed) return;
    const { startsAtMs } = from;
    onHeard({ ...heard, startMs: heard.startMs + startsAtMs, endMs: heard.endMs + startsAtMs });
  }

  function end(from: Session, why: string): void {
    if (session !== from || closed) return;
    session = null;
    nextTryMs = clock.now() + pauseMs;
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    onStopped(why);
  }

  function give(to: Session, audio: Int16Array): void {
    const ms = (audio.length * 1_000) / sampleRate;
    to.givenMs += ms;
    if (loudness(audio) > voicedLevel) to.unansweredMs += ms;
    to.with.hear(audio);
  }

  return {
    /** @param atMs position of the first sample on the track */
    hear(audio: Int16Array, atMs: number): void {
      if (closed) return;
      if (session === null) {
        if (clock.now() < nextTryMs) return;
        session = open(atMs);
      }
      const current = session;
      const gapMs = atMs - (current.startsAtMs + current.givenMs);
      if (gapMs > longestGapMs) {
        end(current, "the audio had a gap");
        return current.with.close();
      }
      if (gapMs >= 1) give(current, new Int16Array(Math.round((gapMs * sampleRate) / 1_000)));
      give(current, audio);
      if (current.unansweredMs <= patienceMs) return;
      end(current, "the provider does not answer");
      current.with.close();
    },
    close(): void {
      closed = true;
      session?.with.close();
    },
  };
}

/** Mean amplitude. */
export function loudness(audio: Int16Array): number {
  let sum = 0;
  for (const sample of audio) sum += Math.abs(sample);
  return audio.length === 0 ? 0 : sum / audio.length;
}
