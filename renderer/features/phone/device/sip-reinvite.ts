import { Core, Inviter, RequestPendingError, SessionState, type Session } from "sip.js";
import type { Random, Timers } from "../../../../shared/result/ports.ts";
import { handlerOf, type SdpOptions } from "./sip-media.ts";

/** What changing a SIP call that is up needs of it. */
export type ChangedCall = {
  /** We made its Call-ID. */
  isOurs(): boolean;
  isOver(): boolean;
  timers: Timers;
  random: Random;
};

/** The other side said no to a re-INVITE: the call is as it was before. */
export class ReinviteRefused extends Error {
  status: number;
  constructor(status: number, reason: string) {
    super(`${status} ${reason}`.trim());
    this.status = status;
  }
}

/**
 * A call that is up goes nowhere else: a 3xx to a change of it is a no like any other (RFC 3261, 14.1). The library
 * hears it and does nothing, so that the call could never be changed again.
 */
function takeRedirectsForRefusals({ dialog }: Session): void {
  if (!dialog || Object.hasOwn(dialog, "invite")) return;
  const invite = dialog.invite.bind(dialog);
  dialog.invite = (delegate, options) =>
    invite({ ...delegate, onRedirect: (response) => delegate?.onReject?.(response) }, options);
}

/**
 * Changes a session that is up (re-INVITE); resolves when the other side has agreed.
 * @param before as which it answers what the other side asks for, where that is refused
 * @throws ReinviteRefused
 */
export async function reinvite(session: Session, change: SdpOptions, before: SdpOptions): Promise<void> {
  // The library would make an offer first, and then find that the other side's has not been dealt with.
  if (isAskedNow(session)) throw new RequestPendingError("The other side asks for something.");
  takeRedirectsForRefusals(session);
  await new Promise<void>((resolve, reject) => {
    session
      .invite({
        sessionDescriptionHandlerOptions: change,
        requestDelegate: {
          onAccept: () => resolve(),
          onReject({ message }) {
            session.sessionDescriptionHandlerOptionsReInvite = before;
            reject(new ReinviteRefused(message.statusCode ?? 0, message.reasonPhrase ?? ""));
          },
        },
      })
      .catch(reject);
  });
}

function isAskedNow({ dialog }: Session): boolean {
  return dialog instanceof Core.SessionDialog && dialog.reinviteUserAgentServer !== undefined;
}

const mostCollisions = 5;

/**
 * Asks again where our request met one of the other side's, or one of our own that is not answered yet.
 * @throws what was refused for another reason, or for too many collisions
 */
export async function inviteAgain(call: ChangedCall, invite: () => Promise<void>): Promise<void> {
  for (let collisions = 1; ; collisions += 1) {
    try {
      return await invite();
    } catch (error) {
      if (!isCollision(error) || collisions === mostCollisions || call.isOver()) throw error;
    }
    await collisionPause(call);
    if (call.isOver()) throw new Error("The call has ended.");
  }
}

export type RestartedCall = ChangedCall & {
  /** Asks for the sound to be sent anew; throws where that is refused. */
  invite(): Promise<void>;
  /** Whether sound comes all the same: the old way may still be open. */
  isConnected(): boolean;
  mended(): void;
  drop(why: string): void;
};

const mostRefusals = 5;

/** Brings a call's sound back after the network changed. Only a call that the exchange has forgotten is given up at once. */
export function createAudioRestart(call: RestartedCall) {
  let breaks = 0;

  /** @returns why not; null: it is back */
  async function attempt(): Promise<unknown> {
    try {
      await call.invite();
      return null;
    } catch (error) {
      return error;
    }
  }

  function giveUp(): void {
    if (call.isConnected()) call.mended();
    else call.drop("The exchange did not take the sound up again.");
  }

  return {
    /** What was asked before says nothing of the new way: its answer may be lost. */
    broken(): void {
      breaks += 1;
    },
    async restart(): Promise<void> {
      const mine = breaks;
      let refusals = 0;
      while (mine === breaks && !call.isOver()) {
        const why = await attempt();
        if (mine !== breaks || call.isOver()) return;
        if (why === null) return call.mended();
        if (isForgotten(why)) return call.drop("The exchange no longer knows of this call.");
        if (!isCollision(why)) refusals += 1;
        if (refusals === mostRefusals) return giveUp();
        await collisionPause(call);
      }
    },
  };
}

const connected: ReadonlySet<RTCIceConnectionState> = new Set(["connected", "completed"]);

/** Sound goes to and fro, whatever the exchange says. */
export function isConnected(session: Session): boolean {
  return connected.has(handlerOf(session)?.peerConnection?.iceConnectionState ?? "closed");
}

/** We call, and nobody has picked up yet. */
export function isUnanswered(session: Session): boolean {
  return session instanceof Inviter && session.state === SessionState.Establishing;
}

/** RFC 3261, 14.1: the two sides wait for different times, so that they do not meet again. */
function collisionPause({ isOurs, timers, random }: ChangedCall): Promise<void> {
  const steps = isOurs() ? 210 + Math.floor(random() * 191) : Math.floor(random() * 201);
  return new Promise((resolve) => timers.after(steps * 10, resolve));
}

/** 491: both asked at once. What we asked before the network went (a hold, say) may be waited for as well. */
function isCollision(error: unknown): boolean {
  return error instanceof RequestPendingError || (error instanceof ReinviteRefused && error.status === 491);
}

/** RFC 3261, 12.2.1.2: there is no such call there, or nobody who answers for it. */
function isForgotten(error: unknown): boolean {
  return error instanceof ReinviteRefused && (error.status === 481 || error.status === 408);
}
