import { SessionState, type Notification, type Session, type URI } from "sip.js";
import type { Timers } from "../../../../shared/result/ports.ts";

/** Exchanges that say nothing more after they have taken a transfer on have done it by then. */
const toldWithinMs = 5_000;

/**
 * Gives the other side of a session to somebody else (RFC 3515). Resolves when the exchange has taken them over: it says
 * so, their telephone rings, our part is ended, or nothing speaks against it for a while.
 * @throws Error with what the exchange says
 */
export function refer(session: Session, target: URI | Session, timers: Timers): Promise<void> {
  return new Promise((resolve, reject) => {
    let cancel = () => {};
    const settle = (status: number) => {
      cancel();
      session.stateChange.removeListener(whenOver);
      if (status >= 300) reject(new Error(`The exchange says ${status}.`));
      else resolve();
    };
    const whenOver = (state: SessionState) => {
      if (state === SessionState.Terminated) settle(200);
    };
    session.stateChange.addListener(whenOver);
    session
      .refer(target, {
        requestDelegate: {
          onAccept: () => (cancel = timers.after(toldWithinMs, () => settle(200))),
          onReject: ({ message }) => settle(message.statusCode ?? 500),
        },
        onNotify(notification: Notification) {
          void notification.accept().catch(() => {});
          const status = statusOf(notification.request.body);
          // "Trying" tells nothing yet.
          if (status !== null && status > 100) settle(status);
        },
      })
      .catch((error: unknown) => {
        session.stateChange.removeListener(whenOver);
        reject(error);
      });
  });
}

/** What became of it so far, of a body of the kind message/sipfrag; null where it is none. */
export function statusOf(sipfrag: string): number | null {
  const [, status] = /^SIP\/2\.0 (\d{3})\b/u.exec(sipfrag.trim()) ?? [];
  return status === undefined ? null : Number(status);
}
