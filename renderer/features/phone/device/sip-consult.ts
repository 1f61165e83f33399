import { SessionState, type Inviter } from "sip.js";
import { systemTimers } from "../../../../shared/result/ports.ts";
import type { ConsultationEnd, Consultation } from "./sip-transfer.ts";
import { sendDigitsOver } from "./sip-digits.ts";
import { handlerOf, type SdpOptions } from "./sip-media.ts";
import { createAudioRestart, isConnected, isUnanswered, reinvite } from "./sip-reinvite.ts";
import { stopTracks } from "./stop-tracks.ts";

/** A call to whoever a warm transfer asks first, with what this desk says into it while it lasts. */
export type SipConsultation = Consultation & {
  inviter: Inviter;
  mute(on: boolean): void;
  /** False where they have not answered. */
  sendDigits(digits: string): boolean;
  /** False where `before` is not what they hear. */
  replaceMicrophone(before: MediaStream, after: MediaStream): Promise<boolean>;
  /** The network went … */
  broken(): void;
  /** … and is back: they are heard again (`mended`), or it has ended. */
  restartAudio(): Promise<void>;
};

type Ports = {
  openMicrophone: () => Promise<MediaStream>;
  isMuted: () => boolean;
  hangUp: (inviter: Inviter) => Promise<void>;
  endOf: (status: number) => ConsultationEnd;
  answered: (sound: MediaStream | null) => void;
  /** Told before anybody rings: what the person does meanwhile counts. */
  begun: (consultation: SipConsultation) => void;
  /** Heard again after the network broke. */
  mended: () => void;
};

/** @throws where nobody can be asked; no microphone is left open then */
export async function consult(inviter: Inviter, ports: Ports): Promise<SipConsultation> {
  let microphone = await ports.openMicrophone();
  let over = false;
  const { promise: ended, resolve } = Promise.withResolvers<ConsultationEnd>();
  const close = () => {
    over = true;
    stopTracks(microphone);
  };
  const mute = (on: boolean) => {
    for (const track of microphone.getAudioTracks()) track.enabled = !on;
  };
  const options = (rest: SdpOptions = {}): SdpOptions => ({
    constraints: { audio: true, video: false },
    microphone,
    ...rest,
  });
  const drop = () => {
    close();
    void ports.hangUp(inviter);
  };
  const giveUp = () => {
    resolve("failed");
    drop();
    // The answer that would close it may never come.
    handlerOf(inviter)?.close();
  };
  const audio = createAudioRestart({
    isOurs: () => true,
    isOver: () => inviter.state !== SessionState.Established,
    timers: systemTimers,
    random: Math.random,
    invite: () => reinvite(inviter, options({ offerOptions: { iceRestart: true } }), options()),
    isConnected: () => isConnected(inviter),
    mended: ports.mended,
    drop: giveUp,
  });
  const consultation: SipConsultation = {
    inviter,
    ended,
    mute,
    sendDigits(digits) {
      if (inviter.state !== SessionState.Established) return false;
      sendDigitsOver(inviter, digits);
      return true;
    },
    async replaceMicrophone(before, after) {
      if (over || microphone !== before) return false;
      microphone = after;
      mute(ports.isMuted());
      const [track] = after.getAudioTracks();
      await handlerOf(inviter)
        ?.peerConnection?.getSenders()[0]
        ?.replaceTrack(track ?? null);
      stopTracks(before);
      if (over) stopTracks(after);
      return true;
    },
    broken: audio.broken,
    async restartAudio() {
      if (isUnanswered(inviter)) giveUp();
      else await audio.restart();
    },
    drop,
  };
  mute(ports.isMuted());
  inviter.sessionDescriptionHandlerOptions = options();
  // Whoever is asked has only this desk to talk to.
  inviter.delegate = { onRefer: (referral) => void referral.reject({ statusCode: 603 }) };
  inviter.stateChange.addListener((state) => {
    if (state === SessionState.Established) ports.answered(handlerOf(inviter)?.remoteMediaStream ?? null);
    if (state !== SessionState.Terminated) return;
    close();
    queueMicrotask(() => resolve("failed"));
  });
  ports.begun(consultation);
  try {
    await inviter.invite({
      requestDelegate: { onReject: ({ message }) => resolve(ports.endOf(message.statusCode ?? 0)) },
    });
  } catch (error) {
    close();
    throw error;
  }
  return consultation;
}
