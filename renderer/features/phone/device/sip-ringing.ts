import { Core, SessionState, type Invitation } from "sip.js";

export type Ringing = {
  add(invitation: Invitation): void;
  /** After the socket broke: what a caller said meanwhile is lost, also that they gave up. */
  askWhoIsThere(): void;
};

/** The caller's side knows no such call (any more). All else, silence too, may come from one that still rings. */
const noSuchCall = 481;
const unavailable = 480;

/** The calls that ring at this desk and nobody has answered yet. */
export function createRinging(): Ringing {
  const ringing = new Set<Invitation>();
  return {
    add(invitation) {
      ringing.add(invitation);
      invitation.stateChange.addListener((state) => {
        if (state !== SessionState.Initial) ringing.delete(invitation);
      });
    },
    askWhoIsThere() {
      for (const invitation of ringing) ask(invitation);
    },
  };
}

/** By an OPTIONS within the call, which changes nothing of it (RFC 3261, 12.2.2). */
function ask(invitation: Invitation): void {
  const { dialog, userAgent } = invitation;
  if (!(dialog instanceof Core.SessionDialog)) return;
  userAgent.userAgentCore.request(dialog.createOutgoingRequestMessage("OPTIONS"), {
    onReject({ message }) {
      if (message.statusCode !== noSuchCall || invitation.state !== SessionState.Initial) return;
      // What ends it here tells the desk; the exchange may have to be told as well.
      invitation.reject({ statusCode: unavailable }).catch(() => {});
    },
  });
}
