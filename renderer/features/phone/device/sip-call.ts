import { Inviter, SessionState, type Invitation, type Session, type URI, type Web } from "sip.js";
import type { CallTarget, EndReason } from "../../../../shared/calls/call-event.ts";
import type { CallListener, DeviceCall, LineFailure, OwnControls } from "./device-port.ts";
import { keepTones } from "./keep-tones.ts";
import { stopTracks } from "./stop-tracks.ts";

/** A call over SIP, with what its device needs when the network changed under it. */
export type SipCall = DeviceCall & {
  broken(): void;
  /** A new socket alone brings no sound back: the other end must hear where to send it (re-INVITE). */
  restartAudio(): Promise<void>;
  useSpeaker(deviceId: string): Promise<void>;
  /** The exchange said no before anybody answered. */
  refused(status: number, reason: string): void;
};

type Ports = {
  microphone: MediaStream;
  speaker: () => string;
  uriOf: (number: string) => URI;
  /** A call to whom a warm transfer asks first; it is not under way yet. */
  consult: (target: URI) => Inviter;
  openMicrophone: () => Promise<MediaStream>;
};

/** What our media stream factory finds in the options of an offer or answer. */
export type SdpOptions = Web.SessionDescriptionHandlerOptions & { microphone?: MediaStream };

/** Tells what becomes of a SIP session until it has ended, and gives its microphone and speaker back then. */
export function followSipCall(session: Inviter | Invitation, ports: Ports, listener: CallListener): SipCall {
  let { microphone } = ports;
  let muted = false;
  let held = false;
  let ended = false;
  let consulting: Consultation | null = null;
  const sound = createSound(ports.speaker);
  const options = (rest: SdpOptions = {}): SdpOptions => ({
    constraints: { audio: true, video: false },
    microphone,
    ...rest,
  });
  session.sessionDescriptionHandlerOptions = options();
  session.sessionDescriptionHandlerOptionsReInvite = options();

  const end = (why: EndReason, message: string | null) => {
    if (ended) return;
    ended = true;
    consulting?.drop();
    stopTracks(microphone);
    sound.stop();
    listener.ended(why, message);
  };

  session.stateChange.addListener((state) => {
    if (state === SessionState.Established) {
      void sound.play(handlerOf(session)?.remoteMediaStream ?? null);
      listener.answered();
    }
    // A refusal is told after the state that it leads to, in the same turn.
    if (state === SessionState.Terminated) queueMicrotask(() => end("completed", null));
  });

  function applyMute(): void {
    for (const track of microphone.getAudioTracks()) track.enabled = !muted;
  }

  async function invite(rest: SdpOptions): Promise<void> {
    session.sessionDescriptionHandlerOptionsReInvite = options(rest);
    await new Promise<void>((resolve, reject) => {
      session
        .invite({
          requestDelegate: {
            onAccept: () => resolve(),
            onReject: ({ message }) =>
              reject(new Error(`${message.statusCode ?? ""} ${message.reasonPhrase ?? ""}`.trim())),
          },
        })
        .catch(reject);
    });
  }

  const own: OwnControls = {
    async hold(on) {
      await invite({ hold: on } as SdpOptions);
      held = on;
    },
    async transfer(target, mode, transferId) {
      const uri = ports.uriOf(numberOf(target));
      if (mode === "blind") return refer(session, uri);
      if (!held) await own.hold(true);
      consulting = await startConsultation(ports, uri, sound, {
        answered: () => listener.transfer({ transferId, change: "answered" }),
        over: async (why) => {
          if (!consulting) return;
          await giveUp();
          listener.transfer({ transferId, change: "cancelled", why });
        },
      });
    },
    async completeTransfer() {
      const { inviter } = consulting ?? {};
      if (!inviter) throw notPossible;
      await refer(session, inviter);
      consulting = null;
    },
    cancelTransfer: giveUp,
  };

  /** Whatever became of the other call: the caller is not left on hold. */
  async function giveUp(): Promise<void> {
    consulting?.drop();
    consulting = null;
    if (!ended) {
      await own.hold(false);
      void sound.play(handlerOf(session)?.remoteMediaStream ?? null);
    }
  }

  return {
    own,
    disconnect() {
      void hangUp(session);
    },
    mute(on) {
      muted = on;
      applyMute();
    },
    sendDigits(digits) {
      keepTones(handlerOf(session)?.peerConnection);
      handlerOf(session)?.sendDtmf(digits);
    },
    async replaceMicrophone(before, after) {
      if (microphone !== before) return;
      microphone = after;
      applyMute();
      const [track] = after.getAudioTracks();
      await handlerOf(session)
        ?.peerConnection?.getSenders()[0]
        ?.replaceTrack(track ?? null);
      stopTracks(before);
    },
    stats: async () => (await handlerOf(session)?.peerConnection?.getStats()) ?? null,
    broken: () => listener.broken(),
    async restartAudio() {
      if (session.state !== SessionState.Established) return;
      try {
        await invite({ offerOptions: { iceRestart: true }, hold: held } as SdpOptions);
        listener.mended();
      } catch {
        // The exchange has forgotten the call while we were away.
        void hangUp(session);
        end("dropped", "The exchange no longer knows of this call.");
      }
    },
    useSpeaker: sound.useSpeaker,
    refused: (status, reason) => end(...reasonOf(status, reason)),
  };
}

type Consultation = { inviter: Inviter; drop(): void };
type ConsultationEnd = "busy" | "no-answer" | "failed" | "declined";

async function startConsultation(
  ports: Ports,
  target: URI,
  sound: Sound,
  tell: { answered(): void; over(why: ConsultationEnd): Promise<void> },
): Promise<Consultation> {
  const inviter = ports.consult(target);
  const microphone = await ports.openMicrophone();
  inviter.sessionDescriptionHandlerOptions = {
    constraints: { audio: true, video: false },
    microphone,
  } as SdpOptions;
  inviter.stateChange.addListener((state) => {
    if (state === SessionState.Established) {
      void sound.play(handlerOf(inviter)?.remoteMediaStream ?? null);
      tell.answered();
    }
    if (state === SessionState.Terminated) {
      stopTracks(microphone);
      queueMicrotask(() => void tell.over("failed"));
    }
  });
  await inviter.invite({
    requestDelegate: { onReject: ({ message }) => void tell.over(consultationEnd(message.statusCode ?? 0)) },
  });
  return {
    inviter,
    drop() {
      stopTracks(microphone);
      void hangUp(inviter);
    },
  };
}

function consultationEnd(status: number): ConsultationEnd {
  const [why] = reasonOf(status, "");
  return why === "busy" || why === "no-answer" || why === "declined" ? why : "failed";
}

function refer(session: Session, target: URI | Session): Promise<void> {
  return new Promise((resolve, reject) => {
    session
      .refer(target, {
        requestDelegate: {
          onAccept: () => resolve(),
          onReject: ({ message }) => reject(new Error(`The exchange says ${message.statusCode ?? "no"}.`)),
        },
      })
      .catch(reject);
  });
}

/** SIP has a request for each moment: cancel while it rings there, reject while it rings here, bye once it is up. */
async function hangUp(session: Session): Promise<void> {
  if (session.state === SessionState.Established) await session.bye();
  else if (session instanceof Inviter) await session.cancel();
  else await (session as Invitation).reject();
}

function handlerOf(session: Session): Web.SessionDescriptionHandler | undefined {
  return session.sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined;
}

function numberOf(target: CallTarget): string {
  if (target.kind === "number") return target.number;
  return target.kind === "agent" ? target.userId : target.queue;
}

/** RFC 3261, section 21: what the exchange's numbers mean to a person. */
function reasonOf(status: number, reason: string): [EndReason, string | null] {
  if (status === 486 || status === 600) return ["busy", null];
  if (status === 480 || status === 408) return ["no-answer", null];
  if (status === 603 || status === 403) return ["declined", null];
  if (status === 487) return ["cancelled", null];
  return ["failed", `The exchange says ${status} ${reason}`.trim()];
}

const notPossible: LineFailure = { code: "refused", message: "Nobody has been asked to take this call." };

type Sound = {
  play(stream: MediaStream | null): Promise<void>;
  useSpeaker(id: string): Promise<void>;
  stop(): void;
};

/** One voice at a time: the caller's, or the colleague's who is asked first. */
function createSound(speaker: () => string): Sound {
  const element = new Audio();
  element.autoplay = true;
  return {
    async play(stream) {
      element.srcObject = stream;
      await element.setSinkId(speaker()).catch(() => {});
      await element.play().catch(() => {});
    },
    useSpeaker: (deviceId) => element.setSinkId(deviceId),
    stop() {
      element.pause();
      element.srcObject = null;
    },
  };
}
