import type {
  CallListener,
  DeviceCall,
  IncomingCall,
  PhoneDevice,
} from "../../renderer/features/phone/device/device-port.ts";
import { openDeviceOf } from "../../renderer/features/phone/device/open-device.ts";
import type { LineAccess } from "../../shared/calls/server-wire.ts";
import { readDigits } from "./read-digits.ts";

// A device of the phone window behind its port, whichever provider it is of; nothing else of the desk is here.

const events: string[] = [];
const microphones: MediaStream[] = [];
let device: PhoneDevice | null = null;
let incoming: IncomingCall | null = null;
let call: DeviceCall | null = null;

const listener: CallListener = {
  ringing: () => events.push("ringing"),
  answered: () => events.push("answered"),
  broken: () => events.push("broken"),
  mended: () => events.push("mended"),
  ended: (why) => events.push(`ended:${why}`),
  transfer: ({ change }) => events.push(`transfer:${change}`),
  otherSide: ({ number }) => events.push(`with:${number}`),
};

/** What a person who is asked for it takes their time for. */
let permitted = Promise.withResolvers<void>();
permitted.resolve();

async function openMicrophone(): Promise<MediaStream> {
  await permitted.promise;
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  microphones.push(stream);
  return stream;
}

let playedTones = "";
const listened = new WeakSet<RTCDTMFSender>();
const { insertDTMF } = RTCDTMFSender.prototype;
RTCDTMFSender.prototype.insertDTMF = function (...given) {
  if (!listened.has(this)) this.addEventListener("tonechange", ({ tone }) => (playedTones += tone));
  listened.add(this);
  insertDTMF.apply(this, given);
};

/** Whatever comes in, of the newest connection. */
let heard: AnalyserNode | null = null;
/** The same as telephones have it, of which four seconds can be looked back at. */
let heardLately: AnalyserNode | null = null;
const setRemoteDescription: (
  this: RTCPeerConnection,
  description: RTCSessionDescriptionInit,
) => Promise<void> = RTCPeerConnection.prototype.setRemoteDescription;
const listenedTo = new WeakSet<RTCPeerConnection>();
RTCPeerConnection.prototype.setRemoteDescription = function (description: RTCSessionDescriptionInit) {
  if (!listenedTo.has(this)) this.addEventListener("track", ({ track }) => listenTo(track));
  listenedTo.add(this);
  return setRemoteDescription.call(this, description);
};

function listenTo(track: MediaStreamTrack): void {
  const context = new AudioContext();
  heard = new AnalyserNode(context, { fftSize: 8_192 });
  context.createMediaStreamSource(new MediaStream([track])).connect(heard);
  const telephone = new AudioContext({ sampleRate: 8_000 });
  heardLately = new AnalyserNode(telephone, { fftSize: 32_768 });
  telephone.createMediaStreamSource(new MediaStream([track])).connect(heardLately);
}

function theCall(): DeviceCall {
  if (!call) throw new Error("there is no call");
  return call;
}

const driver = {
  events,
  /** `up`, or the code of why not. */
  async open(access: LineAccess): Promise<string> {
    device = await openDeviceOf(access.provider)({
      openMicrophone,
      listener: {
        incoming(next) {
          incoming = next;
          next.onGone((why) => events.push("gone", `gone:${why}`));
          events.push("incoming", `incoming:${next.from}:${next.callId ?? ""}`);
        },
        up: () => events.push("up"),
        down: () => events.push("down"),
        failed: ({ code }) => events.push(`failed:${code}`),
        accessEnds: () => events.push("access-ends"),
      },
    });
    return device.start(access).then(
      () => "up",
      (error: { code: string }) => error.code,
    );
  },
  renew: (access: LineAccess) => device?.updateAccess(access),
  async connect(to: string, callId: string = crypto.randomUUID()): Promise<void> {
    call = (await device?.connect({ to, callId, from: "" }, listener)) ?? null;
  },
  async accept(): Promise<void> {
    call = (await incoming?.accept(listener)) ?? null;
  },
  reject: () => incoming?.reject(),
  askForMicrophone: () => void (permitted = Promise.withResolvers()),
  permitMicrophone: () => permitted.resolve(),
  hangUp: () => theCall().disconnect(),
  mute: (on: boolean) => theCall().mute(on),
  digits: (digits: string) => theCall().sendDigits(digits),
  /** Those that the browser has played into its calls' sound. */
  playedTones: () => playedTones,
  /** Those that the other side has sent within the last seconds: the browser plays them as the tones that they stand for. */
  heardDigits(): string {
    if (!heardLately) return "";
    const samples = new Float32Array(heardLately.fftSize);
    heardLately.getFloatTimeDomainData(samples);
    return readDigits(samples, heardLately.context.sampleRate);
  },
  async replaceMicrophone(): Promise<void> {
    const before = microphones.find(isLive);
    if (before) await theCall().replaceMicrophone(before, await openMicrophone());
  },
  controlsItself: () => theCall().own !== null,
  hold: (on: boolean) => theCall().own?.hold(on),
  transfer: (to: string, mode: "blind" | "warm") => theCall().own?.transfer(to, mode, "t1"),
  completeTransfer: () => theCall().own?.completeTransfer(),
  /** @param sound a WAV of one channel, in base64 */
  async leaveMessage(sound: string): Promise<void> {
    await theCall().own?.leaveMessage(Uint8Array.from(atob(sound), (byte) => byte.charCodeAt(0)).buffer);
  },
  stop: () => device?.stop(),
  /** What has gone out and come in so far. */
  async flow(): Promise<{ received: number; sent: number; energy: number }> {
    const found = { received: 0, sent: 0, energy: 0 };
    for (const [, each] of ((await theCall().stats()) ?? new Map()) as Map<string, Record<string, unknown>>) {
      if (each["type"] === "inbound-rtp") {
        found.received = Number(each["packetsReceived"]);
        // Of what was heard so far, as the browser adds it up.
        found.energy = Number(each["totalAudioEnergy"] ?? 0);
      }
      if (each["type"] === "outbound-rtp") found.sent = Number(each["packetsSent"]);
    }
    return found;
  },
  /** The loudest frequency of what comes in, in tens of hertz; 0 = silence. */
  hears(): number {
    if (!heard) return 0;
    const bins = new Float32Array(heard.frequencyBinCount);
    heard.getFloatFrequencyData(bins);
    const loudest = bins.indexOf(bins.reduce((most, one) => Math.max(most, one)));
    if ((bins[loudest] ?? -200) < -80) return 0;
    return Math.round((loudest * heard.context.sampleRate) / heard.fftSize / 10);
  },
  liveMicrophones: () => microphones.filter(isLive).length,
};

function isLive(stream: MediaStream): boolean {
  return stream.getTracks().some(({ readyState }) => readyState === "live");
}

export type DeviceDriver = typeof driver;
declare global {
  interface Window {
    phoneDevice: DeviceDriver;
  }
}
window.phoneDevice = driver;
