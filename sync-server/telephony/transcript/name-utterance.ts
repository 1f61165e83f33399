import type { Speaker } from "../../../shared/coaching/utterance.ts";
import type { Leg } from "../line.ts";
import type { NoticeOf } from "../notices.ts";

// What a carrier tells of speech has no name: only a number that grows with each telling of a transcription. An
// utterance is one running guess of one track, from what was last heard for good to the next that is. So it is named
// by the number of the final before it, which its partial results know as well as its own final does; every node and
// the database come to the same name as long as they know how far the track was heard.

type Told = Pick<NoticeOf<"transcript">, "session" | "track" | "seq">;

/** Which track depends on the leg that is listened to. */
export function speakerOf(leg: Pick<Leg, "role">, track: Told["track"]): Speaker {
  return (leg.role === "customer") === (track === "said") ? "customer" : "agent";
}

/** One side of one transcription; a call has a second transcription where the first one had to be started again. */
export function trackOf(speaker: Speaker, session: string): string {
  return `${speaker === "agent" ? "a" : "c"}${session.replaceAll(/\W/gu, "").slice(-8)}`;
}

/** @param newest number of the last final on this track; 0 = none was heard */
export function nameGuess(callId: string, track: string, newest: number): string {
  return `${callId}:${track}:${newest}`;
}

/**
 * The name of a final when `newest` was heard before. One that comes after a later one has a name of its own: the guess
 * that it ended has been ended by that later one.
 */
export function nameFinal(callId: string, track: string, newest: number, seq: number): string {
  return seq > newest ? nameGuess(callId, track, newest) : `${callId}:${track}:late-${seq}`;
}
