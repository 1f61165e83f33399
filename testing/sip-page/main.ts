import type {
  CallListener,
  DeviceCall,
  IncomingCall,
} from "../../renderer/features/phone/device/device-port.ts";
import { openSipDevice } from "../../renderer/features/phone/device/sip-device.ts";
import type { LineAccess } from "../../shared/calls/server-wire.ts";

// The SIP adapter of the phone window, driven by a test: nothing else of the desk is here.

const events: string[] = [];
const microphones: MediaStream[] = [];
let incoming: IncomingCall | null = null;
let call: DeviceCall | null = null;
let device: Awaited<ReturnType<typeof openSipDevice>> | null = null;

const listener: CallListener = {
  ringing: () => events.push("ringing"),
  answered: () => events.push("answered"),
  broken: () => events.push("broken"),
  mended: () => events.push("mended"),
  ended: (why) => events.push(`ended:${why}`),
  transfer: ({ change }) => events.push(`transfer:${change}`),
};

async function openMicrophone(): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  microphones.push(stream);
  return stream;
}

function theCall(): DeviceCall {
  if (!call) throw new Error("there is no call");
  return call;
}

type Packets = { received: number; lastAudio: number };

/** What of the other side's sound has come in so far: packets, and its energy as Chromium adds it up. */
async function packets(): Promise<Packets> {
  const stats = (await theCall().stats()) ?? new Map();
  let found: Packets = { received: 0, lastAudio: 0 };
  for (const [, each] of stats as ReadonlyMap<string, Record<string, unknown>>) {
    if (each["type"] !== "inbound-rtp") continue;
    found = { received: Number(each["packetsReceived"]), lastAudio: Number(each["totalAudioEnergy"] ?? 0) };
  }
  return found;
}

const driver = {
  events,
  async open(access: LineAccess): Promise<string> {
    device = await openSipDevice({
      openMicrophone,
      listener: {
        incoming(next) {
          incoming = next;
          next.onGone((why) => events.push(`gone:${why}`));
          events.push(`incoming:${next.from}:${next.callId ?? ""}`);
        },
        up: () => events.push("up"),
        down: () => events.push("down"),
        failed: ({ code }) => events.push(`failed:${code}`),
        accessEnds: () => events.push("access-ends"),
      },
    });
    try {
      await device.start(access);
      return "up";
    } catch (error) {
      return (error as { code: string }).code;
    }
  },
  async connect(to: string, callId: string): Promise<void> {
    call = (await device?.connect({ to, callId, from: "" }, listener)) ?? null;
  },
  async accept(): Promise<void> {
    call = (await incoming?.accept(listener)) ?? null;
  },
  reject: () => incoming?.reject(),
  hangUp: () => theCall().disconnect(),
  mute: (on: boolean) => theCall().mute(on),
  digits: (digits: string) => theCall().sendDigits(digits),
  hold: (on: boolean) => theCall().own?.hold(on),
  transfer: (to: string, mode: "blind" | "warm") =>
    theCall().own?.transfer({ kind: "number", number: to }, mode, "t1"),
  completeTransfer: () => theCall().own?.completeTransfer("t1"),
  cancelTransfer: () => theCall().own?.cancelTransfer("t1"),
  stop: () => device?.stop(),
  packets,
  /** Microphones of this page that are still open. */
  openMicrophones: () =>
    microphones.flatMap((stream) => stream.getTracks()).filter(({ readyState }) => readyState === "live")
      .length,
};

export type SipDriver = typeof driver;
declare global {
  interface Window {
    sip: SipDriver;
  }
}
window.sip = driver;
