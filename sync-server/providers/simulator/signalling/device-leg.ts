import type { Peer } from "../media/webrtc-peer.ts";
import type { Session } from "./session.ts";

/** One device on one call: the session that speaks for it and its sound. */
export interface DeviceLeg {
  readonly callSid: string;
  session: Session;
  /** What the device called this call before it was told the CallSid; the CallSid where it called nobody. */
  readonly temporarySid: string;
  /** What it calls it now. */
  knownAs: string;
  peer: Peer | null;
  /** The secret with which a new connection takes over this call. */
  readonly reconnectToken: string;
  /** Our answer to the device's own offer; sent with `ringing` or `answer`. */
  sdp: Promise<string>;
  answered: boolean;
  /** The device's ICE user fragment: a connection that comes back with another one brings another peer. */
  fragment: string | null;
  cancelGrace: () => void;
}

export const noSdp = "v=0\r\n";

export function userFragment(sdp: string): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
}
