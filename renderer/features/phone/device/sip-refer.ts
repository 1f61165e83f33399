import { SessionState, URI, type Notification, type Session } from "sip.js";
import type { Timers } from "../../../../shared/result/ports.ts";

/** RFC 3515, 2.4.4: whoever takes a transfer on says so at once. */
const toldWithinMs = 10_000;
/** How long a telephone may ring (RFC 3261, timer C). */
const answeredWithinMs = 180_000;

/**
 * Gives the other side of a session to somebody else (RFC 3515). Resolves when they have been put through: that is
 * said, or our part is ended after it was taken on. Silence says nothing of the kind.
 * @throws Error with what the exchange says; the other side is still ours
 */
export function refer(session: Session, target: URI, timers: Timers): Promise<void> {
  return new Promise((resolve, reject) => {
    let isTakenOn = false;
    let isSettled = false;
    let cancel = () => {};
    const settle = (why: string | null) => {
      if (isSettled) return;
      isSettled = true;
      cancel();
      session.stateChange.removeListener(whenOver);
      if (why === null) resolve();
      else reject(new Error(why));
    };
    const waitFor = (delayMs: number) => {
      cancel();
      if (!isSettled) cancel = timers.after(delayMs, () => settle(nothingSaid));
    };
    const whenOver = (state: SessionState) => {
      if (state === SessionState.Terminated) settle(isTakenOn ? null : "The call has ended.");
    };
    session.stateChange.addListener(whenOver);
    session
      .refer(target, {
        requestDelegate: {
          onAccept() {
            isTakenOn = true;
            waitFor(toldWithinMs);
          },
          onReject: ({ message }) => settle(`The exchange says ${message.statusCode ?? 500}.`),
        },
        onNotify(notification: Notification) {
          void notification.accept().catch(() => {});
          const status = statusOf(notification.request.body);
          if (status === null) return;
          if (status < 200) waitFor(answeredWithinMs);
          else settle(status < 300 ? null : `The exchange says ${status}.`);
        },
      })
      .catch((error: Error) => settle(error.message));
  });
}

const nothingSaid = "The exchange does not say whether they were put through.";

/**
 * Whoever is to be called in place of somebody's call with us (RFC 3891), by the name under which an exchange finds
 * them: the address of their own machine, which the library would name, is nothing that others can call.
 */
export function inPlaceOf({ dialog, remoteIdentity }: Session): URI {
  if (!dialog) throw new Error("Whoever was asked has not answered.");
  const { callId, remoteTag, localTag } = dialog;
  const target = remoteIdentity.uri.clone();
  target.setHeader("Replaces", encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`));
  // An address that carries a header stands in brackets (RFC 3515, 2.1), which the library leaves to us.
  return Object.assign(target, { toString: () => `<${URI.prototype.toString.call(target)}>` });
}

/** What became of it so far, of a body of the kind message/sipfrag; null where it is none. */
export function statusOf(sipfrag: string): number | null {
  const [, status] = /^SIP\/2\.0 (\d{3})\b/u.exec(sipfrag.trim()) ?? [];
  return status === undefined ? null : Number(status);
}
