import { Inviter, SessionState, type Invitation, type Session, type URI } from "sip.js";
import type { EndReason } from "../../../../shared/calls/call-event.ts";
import { isSameParty } from "../../../../shared/calls/same-party.ts";
import { systemTimers } from "../../../../shared/result/ports.ts";
import type { CallListener, DeviceCall, LineFailure } from "./device-port.ts";
import { consult, type SipConsultation } from "./sip-consult.ts";
import { sendDigitsOver } from "./sip-digits.ts";
import { openMessage } from "./open-message.ts";
import { createFollowing } from "./sip-follow.ts";
import { hangUp } from "./sip-hang-up.ts";
import { handlerOf, type SdpOptions } from "./sip-media.ts";
import { otherSideOf } from "./sip-party.ts";
import { inPlaceOf, refer } from "./sip-refer.ts";
import { createAudioRestart, inviteAgain, isConnected, isUnanswered, reinvite } from "./sip-reinvite.ts";
import { createSipTransfer, type ConsultationEnd } from "./sip-transfer.ts";
import { stopTracks } from "./stop-tracks.ts";

/** A call over SIP, with what its device needs when the network changed under it. */
export type SipCall = DeviceCall & {
  broken(): void;
  /** A new socket alone brings no sound back: the other end must hear where to send it (re-INVITE). */
  restartAudio(): Promise<void>;
  useSpeaker(deviceId: string): Promise<void>;
  /** The exchange said no before anybody answered. */
  refused(status: number, reason: string): void;
  isWith(session: Session): boolean;
  /** Goes on with somebody who comes in place of whom this call is with. */
  take(invitation: Invitation): Promise<void>;
};

type Ports = {
  microphone: MediaStream;
  speaker: () => string;
  uriOf: (number: string) => URI;
  /** A call to whom a warm transfer asks first; it is not under way yet. */
  consult: (target: URI) => Inviter;
  openMicrophone: () => Promise<MediaStream>;
  /** Whether the other side of a call may have this desk call somebody. */
  mayCall: (to: URI) => boolean;
};

const leaveAfterMs = 2_000;

/** Tells what becomes of a SIP session until it has ended, and gives its microphone and speaker back then. */
export function followSipCall(first: Inviter | Invitation, ports: Ports, listener: CallListener): SipCall {
  let session = first;
  let { microphone } = ports;
  let muted = false;
  let held = false;
  let ended = false;
  let referring = false;
  /** A recording speaks, and nobody listens any more. */
  let leaving = false;
  let partner: string | null = null;
  /** Whoever a warm transfer asks first: what the person does to their sound is about them as well. */
  let asked: SipConsultation | null = null;
  const over = Promise.withResolvers<void>();
  const sound = createSound(ports.speaker);
  const options = (rest: SdpOptions = {}): SdpOptions => ({
    constraints: { audio: true, video: false },
    microphone,
    ...rest,
  });
  const end = (why: EndReason, message: string | null) => {
    if (ended) return;
    ended = true;
    following.stop();
    transfer.end();
    stopTracks(microphone);
    sound.stop();
    over.resolve();
    listener.ended(why, message);
  };

  function attach(leg: Inviter | Invitation): void {
    leg.sessionDescriptionHandlerOptions = options();
    leg.sessionDescriptionHandlerOptionsReInvite = options();
    leg.delegate = {
      ...leg.delegate,
      onRefer: (referral) => void following.follow(referral),
      // An exchange that puts somebody through by itself changes the call, and says who it is.
      onInvite: () => leg === session && meet(),
    };
    leg.stateChange.addListener((state) => {
      if (leg !== session) return;
      if (state === SessionState.Established) {
        meet();
        listen();
        listener.answered();
      }
      // A refusal is told after the state that it leads to, in the same turn.
      if (state === SessionState.Terminated) afterWhatLedToIt(endIfAlone);
    });
  }
  // Whoever passes this desk on may leave before the next one answers.
  const endIfAlone = () => {
    if (session.state === SessionState.Terminated && !following.isUnderWay()) end("completed", null);
  };
  // A transfer that ends our part is told before that end.
  const afterWhatLedToIt = (task: () => void) => (referring ? setTimeout(task, 0) : queueMicrotask(task));

  function meet(): void {
    const now = otherSideOf(session);
    const before = partner;
    partner = now.number;
    if (before !== null && !isSameParty(before, now.number)) listener.otherSide(now);
  }

  /** Whoever holds goes on sending (RFC 6337, 5.3): an exchange that plays no music lets through what is said here. */
  function applyMute(stream = microphone): void {
    for (const track of stream.getAudioTracks()) track.enabled = !muted && !held;
  }

  const invite = (rest: SdpOptions) =>
    reinvite(session, options(rest), options({ hold: held } as SdpOptions));

  async function giveTo(target: URI): Promise<void> {
    if (following.isUnderWay()) throw isPassedOn;
    referring = true;
    try {
      await refer(session, target, systemTimers);
      // Most exchanges take us out by themselves.
      systemTimers.after(leaveAfterMs, () => void hangUp(session));
    } finally {
      setTimeout(() => (referring = false), 0);
    }
  }

  const listen = () => void sound.play(handlerOf(session)?.remoteMediaStream ?? null);
  async function speakFrom(next: MediaStream): Promise<void> {
    const before = microphone;
    microphone = next;
    applyMute();
    const [track] = next.getAudioTracks();
    const [sender] = handlerOf(session)?.peerConnection?.getSenders() ?? [];
    await sender?.replaceTrack(track ?? null);
    stopTracks(before);
  }
  const drop = (why: string) => {
    void hangUp(session);
    end("dropped", why);
  };
  /** Nobody has picked up: it is over here at once, for an exchange that cannot reach them answers late or never. */
  const giveUp = (why: EndReason, message: string | null) => {
    void hangUp(session);
    handlerOf(session)?.close();
    end(why, message);
  };

  const isOver = () => ended || session.state !== SessionState.Established;
  const changed = {
    isOurs: () => session instanceof Inviter,
    isOver,
    timers: systemTimers,
    random: Math.random,
  };

  const following = createFollowing({
    isFree: () => !isOver() && !held && !referring && !leaving,
    mayCall: ports.mayCall,
    async openMicrophone() {
      const opened = await ports.openMicrophone();
      applyMute(opened);
      return opened;
    },
    hangUp,
    moveTo(next, ownMicrophone) {
      const before = { session, microphone };
      session = next;
      microphone = ownMicrophone;
      attach(next);
      applyMute();
      meet();
      listen();
      // Whoever has come instead of it has it ended by the library.
      if (next instanceof Inviter) void hangUp(before.session);
      stopTracks(before.microphone);
    },
    failed: endIfAlone,
  });

  const transfer = createSipTransfer<SipConsultation>({
    async hold(on) {
      if (following.isUnderWay()) throw isPassedOn;
      await inviteAgain(changed, () => invite({ hold: on } as SdpOptions));
      held = on;
      applyMute();
    },
    isHeld: () => held,
    isOver,
    listen,
    consult: (to, answered) =>
      consult(ports.consult(ports.uriOf(to)), {
        openMicrophone: ports.openMicrophone,
        isMuted: () => muted,
        hangUp,
        endOf: consultationEnd,
        answered(voice) {
          void sound.play(voice);
          answered();
        },
        begun(consultation) {
          asked = consultation;
          void consultation.ended.then(() => {
            if (asked !== consultation) return;
            asked = null;
            heardAgain("asked");
          });
        },
        mended: () => heardAgain("asked"),
      }),
    refer: (to) => giveTo(typeof to === "string" ? ports.uriOf(to) : inPlaceOf(to.inviter)),
    drop,
    listener,
    timers: systemTimers,
  });

  async function leaveMessage(recorded: ArrayBuffer): Promise<{ over: Promise<void> }> {
    if (following.isUnderWay()) throw isPassedOn;
    const message = await openMessage(recorded);
    void over.promise.then(message.close);
    if (held) await transfer.own.hold(false).catch(() => {});
    if (isOver() || held) {
      message.close();
      throw isOver() ? isOverAlready : isKeptOnHold;
    }
    leaving = true;
    muted = false;
    sound.stop();
    await speakFrom(message.stream);
    void message.play().then(() => hangUp(session));
    return { over: over.promise };
  }

  /** Whose sound has not come back yet since the network broke. */
  const unheard = new Set<"caller" | "asked">();
  function heardAgain(who: "caller" | "asked"): void {
    if (unheard.delete(who) && unheard.size === 0) listener.mended();
  }
  const audio = createAudioRestart({
    ...changed,
    invite: () => invite({ offerOptions: { iceRestart: true }, hold: held } as SdpOptions),
    isConnected: () => isConnected(session),
    mended: () => heardAgain("caller"),
    drop,
  });

  attach(first);
  return {
    own: { ...transfer.own, leaveMessage },
    isWith: (other) => session === other,
    take: following.take,
    disconnect() {
      following.stop();
      if (isUnanswered(session)) giveUp("cancelled", null);
      else void hangUp(session);
    },
    mute(on) {
      muted = on;
      applyMute();
      asked?.mute(on);
    },
    sendDigits(digits) {
      if (!asked?.sendDigits(digits)) sendDigitsOver(session, digits);
    },
    async replaceMicrophone(before, after) {
      if (ended) return false;
      if (microphone !== before) return (await asked?.replaceMicrophone(before, after)) ?? false;
      await speakFrom(after);
      return true;
    },
    stats: async () => (await handlerOf(session)?.peerConnection?.getStats()) ?? null,
    broken() {
      unheard.add("caller");
      if (asked) unheard.add("asked");
      audio.broken();
      asked?.broken();
      listener.broken();
    },
    async restartAudio() {
      // Whatever becomes of it is answered the way that is gone (RFC 3261, 18.2.2): nobody here would hear it.
      if (isUnanswered(session)) return giveUp("failed", cutOffWhileItRang);
      await Promise.all([audio.restart(), asked?.restartAudio()]);
    },
    useSpeaker: sound.useSpeaker,
    refused: (status, reason) => end(...reasonOf(status, reason)),
  };
}

const isPassedOn: LineFailure = { code: "refused", message: "The other side is passing this call on." };

const cutOffWhileItRang = "The network broke before they picked up. Call them again.";
const isOverAlready: LineFailure = { code: "network", message: "They hung up first." };
const isKeptOnHold: LineFailure = {
  code: "refused",
  message: "The exchange did not take the call off hold.",
};

function consultationEnd(status: number): ConsultationEnd {
  const [why] = reasonOf(status, "");
  return why === "busy" || why === "no-answer" || why === "declined" ? why : "failed";
}

/** RFC 3261, section 21: what the exchange's numbers mean to a person. */
function reasonOf(status: number, reason: string): [EndReason, string | null] {
  if (status === 486 || status === 600) return ["busy", null];
  if (status === 480 || status === 408) return ["no-answer", null];
  if (status === 603 || status === 403) return ["declined", null];
  if (status === 487) return ["cancelled", null];
  return ["failed", `The exchange says ${status} ${reason}`.trim()];
}

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
