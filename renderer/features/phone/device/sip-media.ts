import { Web, type Session, type SessionDescriptionHandlerFactory } from "sip.js";

/** What our media stream factory finds in the options of an offer or answer. */
export type SdpOptions = Web.SessionDescriptionHandlerOptions & { microphone?: MediaStream };

/** Each call brings its own microphone stream: it is told to the library through the call's own options. */
const sendsGivenMicrophone: Web.MediaStreamFactory = async (_constraints, _handler, options) => {
  const given = (options as SdpOptions | undefined)?.microphone;
  if (!given) throw new Error("a call without a microphone");
  return given;
};

const withoutRollback = Web.defaultSessionDescriptionHandlerFactory(sendsGivenMicrophone);

/**
 * The library's sound of a call, which can also take an offer back. Without that a call of which one change was refused
 * can never be changed again: its connection waits for an answer for good.
 */
export const soundOfCall: SessionDescriptionHandlerFactory = (session, options) => {
  const handler = withoutRollback(session, options) as Web.SessionDescriptionHandler;
  return Object.assign(handler, { rollbackDescription: () => takeOfferBack(handler.peerConnection) });
};

async function takeOfferBack(connection: RTCPeerConnection | undefined): Promise<void> {
  if (connection?.signalingState === "have-local-offer")
    await connection.setLocalDescription({ type: "rollback" });
  else if (connection?.signalingState === "have-remote-offer")
    await connection.setRemoteDescription({ type: "rollback" });
}

/** What carries a session's sound; undefined = it has none yet, or not any more. */
export function handlerOf({ sessionDescriptionHandler }: Session): Web.SessionDescriptionHandler | undefined {
  return sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined;
}
