import { Core, SessionState, type Invitation } from "sip.js";
import type { Timers } from "../../../../shared/result/ports.ts";

export type Ringing = {
  add(invitation: Invitation): void;
  /** After the socket broke: what a caller said meanwhile is lost, also that they gave up. */
  askWhoIsThere(): void;
};

/** The caller's side knows no such call (any more). */
const noSuchCall = 481;
/**
 * Said on the way to the caller: it does not reach them at this moment (477 is Kamailio's own). All else comes from
 * somebody who still rings.
 */
const unreached: ReadonlySet<number | undefined> = new Set([
  404, 408, 410, 430, 477, 480, 500, 502, 503, 504,
]);
/** Their line may be on its way back, too: one that no answer would reach for so long cannot be answered. */
const askAgainMs = [1_000, 2_000, 4_000] as const;
const unavailable = 480;

/** The calls that ring at this desk and nobody has answered yet. */
export function createRinging(timers: Timers): Ringing {
  const ringing = new Set<Invitation>();

  function ask(invitation: Invitation, attempt: number): void {
    askAfter(invitation, (status) => {
      if (!ringing.has(invitation)) return;
      const pauseMs = askAgainMs[attempt];
      if (status === noSuchCall || (unreached.has(status) && pauseMs === undefined)) return letGo(invitation);
      if (unreached.has(status) && pauseMs !== undefined)
        timers.after(pauseMs, () => ringing.has(invitation) && ask(invitation, attempt + 1));
    });
  }

  return {
    add(invitation) {
      ringing.add(invitation);
      invitation.stateChange.addListener((state) => {
        if (state !== SessionState.Initial) ringing.delete(invitation);
      });
    },
    askWhoIsThere() {
      for (const invitation of ringing) {
        // That it rings may have been lost, too: to whoever never heard so there is no such call.
        invitation.progress().catch(() => {});
        ask(invitation, 0);
      }
    },
  };
}

/** By an OPTIONS within the call, which changes nothing of it (RFC 3261, 12.2.2). @param refused told the status */
function askAfter(invitation: Invitation, refused: (status: number | undefined) => void): void {
  const { dialog, userAgent } = invitation;
  if (!(dialog instanceof Core.SessionDialog)) return;
  userAgent.userAgentCore.request(dialog.createOutgoingRequestMessage("OPTIONS"), {
    onReject: ({ message }) => refused(message.statusCode),
  });
}

/** What ends it here tells the desk; the exchange may have to be told as well. */
function letGo(invitation: Invitation): void {
  invitation.reject({ statusCode: unavailable }).catch(() => {});
}
