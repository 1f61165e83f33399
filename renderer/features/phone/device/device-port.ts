import type { EndReason, PartyRole } from "../../../../shared/calls/call-event.ts";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";

/**
 * A telephone line of one provider: @twilio/voice-sdk or sip.js behind one interface. Adapters translate and decide
 * nothing; testing/contracts/phone-device.ts says what each has to do.
 */
export interface PhoneDevice {
  /** Registers for calls. Resolves when they can come in; rejects with a LineFailure where they cannot. */
  start(access: LineAccess): Promise<void>;
  /** Fresh access for the line that is up; what is being talked about goes on. */
  updateAccess(access: LineAccess): Promise<void>;
  /** Calls somebody. Resolves when the call is on its way; what becomes of it is told to `listener`. */
  connect(call: OutgoingCall, listener: CallListener): Promise<DeviceCall>;
  /** Where voices and tones are heard. */
  useSpeaker(deviceId: string): Promise<void>;
  /** Hangs up everything and gives back line, sockets and microphones. */
  stop(): Promise<void>;
}

export interface OutgoingCall {
  callId: string;
  to: string;
  /** Of the permit: the number that the called person sees. */
  from: string;
}

/** A call that somebody offers to this device. */
export interface IncomingCall {
  /** Of the server; null where the caller's exchange knows nothing of our server. */
  callId: string | null;
  from: string;
  to: string;
  /** What the server has said of the caller. */
  name: string;
  leadId: string | null;
  /** Not somebody who calls, but a colleague's call: that this person asked to join, or (`party`) is asked into. */
  monitoring: PartyRole | null;
  /** Takes it: what becomes of it is told to `listener`. */
  accept(listener: CallListener): Promise<DeviceCall>;
  reject(): void;
  /** Told once when it can no longer be taken. */
  onGone(listener: (why: "cancelled" | "answered-elsewhere") => void): void;
}

/** A call that this device is in. */
export interface DeviceCall {
  disconnect(): void;
  /** The microphone's way into this call, and nothing else: other calls and the level meter go on. */
  mute(on: boolean): void;
  sendDigits(digits: string): void;
  /** After a headset was unplugged, say. False, and nothing done, where `before` is not what this call hears. */
  replaceMicrophone(before: MediaStream, after: MediaStream): Promise<boolean>;
  stats(): Promise<RTCStatsReport | null>;
  /** What the device itself can do. Null: only the carrier can, asked through the server. */
  own: OwnControls | null;
}

/** Done between this device and the other end, without any server (SIP: re-INVITE and REFER), when they resolve. */
export interface OwnControls {
  hold(on: boolean): Promise<void>;
  /** @param to as the other end knows them, and as the server has permitted them to be called */
  transfer(to: string, mode: "blind" | "warm", transferId: string): Promise<void>;
  completeTransfer(): Promise<void>;
  cancelTransfer(): Promise<void>;
  /**
   * Speaks to the other end with a recording instead of the microphone, and hangs up at its end. Resolves when that has
   * begun: whoever left it is free then. `over`: when the call has ended.
   */
  leaveMessage(sound: ArrayBuffer): Promise<{ over: Promise<void> }>;
}

/** Whoever a call is with. `name` may be empty. */
export type OtherSide = { number: string; name: string };

/** What becomes of a call. After `ended` nothing more comes. */
export interface CallListener {
  /** The other side's telephone rings. */
  ringing(): void;
  /** Both can be heard. */
  answered(): void;
  /** The connection is broken; the device tries to mend it. */
  broken(): void;
  mended(): void;
  /** `dropped`: nobody hung up. */
  ended(why: EndReason, message: string | null): void;
  /** Only from devices with controls of their own. */
  transfer(change: TransferChange): void;
  /** Somebody else is on the line now: whom it was with has put them through. */
  otherSide(now: OtherSide): void;
}

/** What the other end makes of a transfer. */
export type TransferChange =
  | { transferId: string; change: "answered" }
  | { transferId: string; change: "cancelled"; why: "busy" | "no-answer" | "failed" | "declined" };

/** What the line tells by itself. */
export interface LineListener {
  incoming(call: IncomingCall): void;
  /** Registered again after trouble that the device mended itself; `edge`: where, if it says so. */
  up(edge: string): void;
  /** The way to the carrier is gone; the device tries to find it again. */
  down(): void;
  /** It no longer tries. */
  failed(failure: LineFailure): void;
  accessEnds(): void;
}

/** `access`: the token or password is no longer good, and a fresh one may be. */
export type LineFailure = { code: "access" | "network" | "refused" | "unsupported"; message: string };

export interface DevicePorts {
  listener: LineListener;
  /** A stream of the microphone for one call; its tracks are stopped when that call ends. */
  openMicrophone(): Promise<MediaStream>;
}

/** Made anew for every start: an adapter that has stopped is of no further use. */
export type OpenDevice = (ports: DevicePorts) => Promise<PhoneDevice>;

export function isLineFailure(error: unknown): error is LineFailure {
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}
