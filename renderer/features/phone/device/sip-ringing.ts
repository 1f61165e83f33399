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
 * somebody who still rings, or may: a telephone answers as it would answer a call, also 404, 480 or 500 (RFC 3261, 11.2).
 */
const unreached: ReadonlySet<number | undefined> = new Set([408, 430, 477, 502, 503, 504]);
/** Kamailio and its kin name the part of themselves that failed, whatever status they give it: "No error (2/TM)". */
const ownFailure = /\(\d+\/(?:TM|SL)\)$/u;
/** Their line may be on its way back, too: one that no answer would reach for so long cannot be answered. */
const askAgainMs = [1_000, 2_000, 4_000] as const;
const unavailable = 480;

/** The calls that ring at this desk and nobody has answered yet. */
export function createRinging(timers: Timers): Ringing {
  const ringing = new Set<Invitation>();

  function ask(invitation: Invitation, attempt: number): void {
    askAfter(invitation, ({ statusCode, reasonPhrase = "" }) => {
      if (!ringing.has(invitation)) return;
      const pauseMs = askAgainMs[attempt];
      const isUnreached = unreached.has(statusCode) || ownFailure.test(reasonPhrase);
      if (statusCode === noSuchCall || (isUnreached && pauseMs === undefined)) return letGo(invitation);
      if (isUnreached && pauseMs !== undefined)
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

type Answer = Pick<Core.IncomingResponseMessage, "statusCode" | "reasonPhrase">;

/** By an OPTIONS within the call, which changes nothing of it (RFC 3261, 12.2.2). @param refused told with what */
function askAfter(invitation: Invitation, refused: (answer: Answer) => void): void {
  const { dialog, userAgent } = invitation;
  if (!(dialog instanceof Core.SessionDialog)) return;
  userAgent.userAgentCore.request(dialog.createOutgoingRequestMessage("OPTIONS"), {
    onReject: ({ message }) => refused(message),
  });
}

/** What ends it here tells the desk; the exchange may have to be told as well. */
function letGo(invitation: Invitation): void {
  invitation.reject({ statusCode: unavailable }).catch(() => {});
}
