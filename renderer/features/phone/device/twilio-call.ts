import type { Call } from "@twilio/voice-sdk";
import type { EndReason } from "../../../../shared/calls/call-event.ts";
import type { CallListener, DeviceCall } from "./device-port.ts";
import { keepTones } from "./keep-tones.ts";
import { stopTracks } from "./stop-tracks.ts";

type CallConstructor = typeof Call;
/** A call of the SDK that uses a microphone of its own and leaves other calls alone. */
export type OwnCall = Call & { microphone: MediaStream | null; connection: RTCPeerConnection | null };

/**
 * The SDK's call, changed where it believes that there is one call at a time: answering a second one must not hang
 * up the first, and each has its own way from the microphone.
 * @param nextMicrophone of the call that is being placed: the SDK makes it and opens it in one step
 * @param speaker on which it begins; null = the system's
 */
export function defineOwnCall(
  Base: CallConstructor,
  { nextMicrophone, speaker }: { nextMicrophone: () => MediaStream | null; speaker: () => string | null },
): CallConstructor {
  class TwilioCall extends Base {
    microphone: MediaStream | null = null;
    connection: RTCPeerConnection | null = null;
    constructor(...[config, options]: ConstructorParameters<CallConstructor>) {
      // Nobody asks before the call stands.
      const own: { call: TwilioCall | null } = { call: null };
      super(config, {
        ...options,
        beforeAccept: () => {},
        getInputStream: () => own.call?.microphone ?? nextMicrophone(),
        getSinkIds: () => speaker() && [speaker()],
        RTCPeerConnection: class extends RTCPeerConnection {
          constructor(configuration?: RTCConfiguration) {
            super(configuration);
            if (own.call) own.call.connection = this;
          }
        },
      } as typeof options);
      own.call = this;
    }
  }
  return TwilioCall;
}

/** Tells what becomes of a call until it has ended, and gives its microphone back then. */
export function followCall(call: OwnCall, listener: CallListener): DeviceCall {
  let error: { code: number; message: string } | null = null;
  let ended = false;
  let hungUp = false;
  const end = (why: EndReason, message: string | null) => {
    if (ended) return;
    ended = true;
    stopTracks(call.microphone);
    listener.ended(why, message);
  };
  const endOf = () => (error && !hungUp ? end(reasonOf(error.code), error.message) : end("completed", null));

  call.on("ringing", () => listener.ringing());
  call.on("accept", () => listener.answered());
  call.on("reconnecting", () => listener.broken());
  call.on("reconnected", () => listener.mended());
  call.on("error", (problem: { code: number; message: string }) => {
    error = problem;
    // Of a call that never got as far as `disconnect`.
    if (call.status() === "closed") endOf();
  });
  call.on("disconnect", endOf);
  call.on("cancel", () => end("cancelled", null));
  call.on("transportClose", () => {
    // Without a way to take it up again the SDK drops it, and says so in no other event.
    if (call.status() === "closed") end("dropped", "The connection to the carrier was lost.");
  });

  return {
    disconnect() {
      hungUp = true;
      call.disconnect();
      // The SDK says nothing of a call that had not begun.
      if (call.status() === "closed") endOf();
    },
    mute: (on) => call.mute(on),
    sendDigits(digits) {
      keepTones(call.connection);
      call.sendDigits(digits);
    },
    async replaceMicrophone(before, after) {
      if (call.microphone !== before || ended) return false;
      call.microphone = after;
      const [track] = after.getAudioTracks();
      if (track) track.enabled = !call.isMuted();
      await call.connection?.getSenders()[0]?.replaceTrack(track ?? null);
      stopTracks(before);
      if (ended) stopTracks(after);
      return true;
    },
    stats: async () => call.connection?.getStats() ?? null,
    own: null,
  };
}

/** The SDK's codes: https://www.twilio.com/docs/api/errors, classes 31xxx (signalling) and 53xxx (media). */
function reasonOf(code: number): EndReason {
  if (code === 31486 || code === 31600) return "busy";
  if (code === 31480 || code === 31408) return "no-answer";
  if (code === 31603) return "declined";
  if (code === 31003 || code === 31005 || code === 31009 || code === 53000 || code === 53405)
    return "dropped";
  return "failed";
}
