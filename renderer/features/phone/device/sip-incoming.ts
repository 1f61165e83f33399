import { SessionState, type Invitation } from "sip.js";
import { RecordId, recordIdOf } from "../../../../shared/entities/id.ts";
import type { CallListener, DeviceCall, IncomingCall, LineFailure } from "./device-port.ts";
import { numberOf } from "./sip-party.ts";
import { stopTracks } from "./stop-tracks.ts";

type Ports = {
  openMicrophone: () => Promise<MediaStream>;
  follow(invitation: Invitation, microphone: MediaStream, listener: CallListener): DeviceCall;
};

/** RFC 3326: a colleague has answered, in the exchange's words or by its number alone. */
const answeredElsewhere = /^reason\s*:.*(?:cause\s*=\s*200\b|elsewhere)/imu;
const callerGone: LineFailure = { code: "network", message: "The caller hung up." };

/** A call that the exchange offers to this desk. */
export function incomingOf(invitation: Invitation, { openMicrophone, follow }: Ports): IncomingCall {
  const header = (name: string) => invitation.request.getHeader(name) ?? null;
  let takes = false;
  return {
    callId: callIdOf(header("X-Call-Id"), invitation.request.callId),
    from: numberOf(invitation.remoteIdentity.uri),
    to: numberOf(invitation.localIdentity.uri),
    name: invitation.remoteIdentity.displayName,
    leadId: header("X-Lead-Id"),
    monitoring: null,
    async accept(listener) {
      takes = true;
      const microphone = await openMicrophone();
      // It may have gone while the person was asked for the microphone: then nothing tells of its end any more.
      if (invitation.state !== SessionState.Initial) {
        stopTracks(microphone);
        throw callerGone;
      }
      const call = follow(invitation, microphone, listener);
      await invitation.accept();
      return call;
    },
    reject() {
      // Whoever has gone by themselves meanwhile cannot be told.
      invitation.reject({ statusCode: 603 }).catch(() => {});
    },
    onGone(tell) {
      invitation.delegate = {
        ...invitation.delegate,
        onCancel: (cancel) =>
          tell(answeredElsewhere.test(cancel.request.data) ? "answered-elsewhere" : "cancelled"),
      };
      invitation.stateChange.addListener((state) => {
        if (state === SessionState.Terminated && !takes) tell("cancelled");
      });
    },
  };
}

/**
 * Of one that rings on several desks an exchange that merely forks it makes one call; it is one here too. One that
 * calls each of them by itself says in a header which of its calls are one.
 */
function callIdOf(named: string | null, sipCallId: string): string {
  const known = RecordId.safeParse(named?.trim());
  return known.success ? known.data : recordIdOf(`sip:${sipCallId}`);
}
