import { SessionState, type Invitation, type Inviter, type Referral, type Session } from "sip.js";
import type { SdpOptions } from "./sip-media.ts";
import { stopTracks } from "./stop-tracks.ts";

/** What passing a SIP call on to somebody else needs of the desk that is passed on. */
export type PassedCall = {
  /** It is up, and nobody changes it here: it is neither on hold nor being given away. */
  isFree(): boolean;
  /** Whether its desk may call whoever that is. */
  mayCall(to: Referral["referTo"]["uri"]): boolean;
  openMicrophone(): Promise<MediaStream>;
  hangUp(session: Session): Promise<void>;
  /** Goes on with whoever has come instead. */
  moveTo(next: Inviter | Invitation, microphone: MediaStream): void;
  /** Nobody came. */
  failed(): void;
};

type Next = { session: Inviter | Invitation; microphone: MediaStream };

/**
 * Where the other side passes this desk on, and the exchange hands that request through, the desk does it by itself:
 * it calls whom it is told to (RFC 3515), or takes whoever comes instead (RFC 3891). It goes on as the one call that it
 * is. What it does not do it refuses, so that whoever gives the call away keeps it.
 */
export function createFollowing(call: PassedCall) {
  let next: Next | null = null;

  async function prepare(): Promise<MediaStream | null> {
    if (next || !call.isFree()) return null;
    const microphone = await call.openMicrophone().catch(() => null);
    if (!next && call.isFree()) return microphone;
    stopTracks(microphone);
    return null;
  }

  function expect(session: Next["session"], microphone: MediaStream): void {
    const mine = { session, microphone };
    next = mine;
    session.stateChange.addListener((state) => {
      if (next !== mine) return;
      if (state === SessionState.Established) {
        next = null;
        call.moveTo(session, microphone);
      }
      if (state === SessionState.Terminated) giveUp();
    });
  }

  function giveUp(): void {
    if (!next) return;
    const { microphone } = next;
    next = null;
    stopTracks(microphone);
    call.failed();
  }

  return {
    isUnderWay: () => next !== null,
    /** Told by the library to whoever gave the call away (NOTIFY): whether it rings, and what came of it. */
    async follow(referral: Referral): Promise<void> {
      const microphone = call.mayCall(referral.referTo.uri) ? await prepare() : null;
      if (!microphone) return referral.reject({ statusCode: 603 });
      await referral.accept();
      const inviter = referral.makeInviter({ sessionDescriptionHandlerOptions: optionsOf(microphone) });
      expect(inviter, microphone);
      await inviter.invite().catch(giveUp);
    },
    /** Somebody comes in place of whom this desk talks to. */
    async take(invitation: Invitation): Promise<void> {
      const microphone = await prepare();
      if (!microphone) return invitation.reject({ statusCode: 603 });
      expect(invitation, microphone);
      await invitation.accept({ sessionDescriptionHandlerOptions: optionsOf(microphone) }).catch(giveUp);
    },
    /** With the call. */
    stop(): void {
      if (!next) return;
      const { session, microphone } = next;
      next = null;
      stopTracks(microphone);
      void call.hangUp(session);
    },
  };
}

function optionsOf(microphone: MediaStream): SdpOptions {
  return { constraints: { audio: true, video: false }, microphone };
}
