import { samplesPerFrame } from "../../../../shared/calls/mulaw.ts";

export interface RoomMember {
  readonly callSid: string;
  /** What it says in this frame; null where it says nothing. */
  readonly said: Int16Array | null;
  readonly muted: boolean;
  readonly hold: boolean;
  /** A coach is heard by this call alone. */
  readonly coach: string | null;
}

/**
 * Mixes one frame of a room: for each member not on hold the sum of all the others it may hear, clipped.
 * Muted and held members are heard by nobody, held ones hear nobody; nobody hears itself.
 */
export function mixRoom(members: readonly RoomMember[]): Map<string, Int16Array> {
  const speakers = members.filter((member) => !member.muted && !member.hold);
  const heard = new Map<string, Int16Array>();
  for (const listener of members) {
    if (listener.hold) continue;
    const audible = speakers.filter((speaker) => isHeardBy(speaker, listener));
    heard.set(listener.callSid, addUp(audible.flatMap((speaker) => speaker.said ?? [])));
  }
  return heard;
}

export function addUp(frames: readonly Int16Array[]): Int16Array {
  const sum = new Int16Array(samplesPerFrame);
  const [first] = frames;
  if (first && frames.length === 1) sum.set(first.subarray(0, samplesPerFrame));
  if (frames.length < 2) return sum;
  for (let i = 0; i < samplesPerFrame; i++) {
    let total = 0;
    for (const frame of frames) total += frame[i] ?? 0;
    sum[i] = Math.max(-32_768, Math.min(32_767, total));
  }
  return sum;
}

/** What is no louder is silence. */
export const loudLevel = 0.01;

/** Loudness of a frame: root mean square over full scale, in [0, 1]. */
export function measureLevel(frame: Int16Array): number {
  let energy = 0;
  for (const sample of frame) energy += sample * sample;
  return Math.sqrt(energy / frame.length) / 32_768;
}

function isHeardBy(speaker: RoomMember, listener: RoomMember): boolean {
  if (speaker.callSid === listener.callSid) return false;
  return speaker.coach === null || speaker.coach === listener.callSid;
}
