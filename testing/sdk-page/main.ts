import type { Call, Device } from "@twilio/voice-sdk";

// The voice SDK as it is, driven by a test: nothing of the desk is here.

interface Driver {
  events: string[];
  open(token: string, host: string): Promise<void>;
  connect(params: Record<string, string>): Promise<void>;
  accept(): void;
  reject(): void;
  hangUp(): void;
  mute(on: boolean): void;
  digits(digits: string): void;
  /** What a new page needs to take this call over. */
  connectToken(): string | undefined;
  takeOver(connectToken: string): Promise<void>;
  /** As the SDK does by itself when the network has changed. */
  restartIce(): void;
  /** How many ICE user fragments the carrier has had in this call. */
  iceGenerations(): number;
  /** Says nothing to the carrier any more, as a page that hangs. */
  freeze(): void;
  updateToken(token: string): void;
  unregister(): Promise<void>;
  /** Loudest root mean square of what was heard since the last question, in [0, 1]. */
  loudness(): number;
  callSid(): string | undefined;
  parameters(): Record<string, string>;
}

const silence = "data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";
const soundNames = [
  "incoming",
  "outgoing",
  "disconnect",
  ..."0123456789sh".split("").map((key) => `dtmf${key}`),
];
const sounds = Object.fromEntries(soundNames.map((name) => [name, silence]));

const events: string[] = [];
let device: Device | null = null;
let call: Call | null = null;
let loudest = 0;
const fragments = new Set<string>();

/** The SDK insists on wss://; on the loopback the carrier speaks ws://. The SDK keeps the class it finds at import. */
async function importSdk(): Promise<typeof import("@twilio/voice-sdk")> {
  const Native = globalThis.WebSocket;
  globalThis.WebSocket = class extends Native {
    constructor(address: string | URL) {
      super(String(address).replace(/^wss:\/\/127\.0\.0\.1:/, "ws://127.0.0.1:"));
    }
  };
  const sdk = await import("@twilio/voice-sdk");
  globalThis.WebSocket = Native;
  return sdk;
}

function follow(next: Call): void {
  call = next;
  for (const name of [
    "ringing",
    "accept",
    "cancel",
    "disconnect",
    "reject",
    "reconnecting",
    "reconnected",
  ] as const) {
    next.on(name, () => events.push(`call:${name}`));
  }
  next.on("error", (error: { code: number }) => events.push(`call:error:${error.code}`));
  next.on("accept", () => listenTo(next));
}

function listenTo(next: Call): void {
  const stream = next.getRemoteStream();
  // The SDK tells of an accepted call a moment before it has the sound.
  if (!stream) return void setTimeout(() => listenTo(next), 20);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const measure = (): void => {
    analyser.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length));
    if (next.status() !== "closed") setTimeout(measure, 20);
  };
  measure();
}

function theDevice(): Device {
  if (!device) throw new Error("no device has been opened");
  return device;
}

function theCall(): Call {
  if (!call) throw new Error("there is no call");
  return call;
}

/** What the SDK keeps to itself: its peer connection. */
function theMedia(): { iceRestart(): void; version: { pc: RTCPeerConnection } } {
  return (theCall() as unknown as { _mediaHandler: ReturnType<typeof theMedia> })._mediaHandler;
}

const driver: Driver = {
  events,
  async open(token, host) {
    const { Device } = await importSdk();
    const options = { chunderw: host, publishEvents: false, sounds, maxCallSignalingTimeoutMs: 10_000 };
    device = new Device(token, { ...options, logLevel: "error" } as ConstructorParameters<typeof Device>[1]);
    for (const name of ["registered", "unregistered", "tokenWillExpire"] as const) {
      device.on(name, () => events.push(`device:${name}`));
    }
    device.on("error", (error: { code: number }) => events.push(`device:error:${error.code}`));
    device.on("incoming", (next: Call) => {
      events.push("device:incoming");
      follow(next);
    });
    // A ringtone that cannot be played would hold "incoming" up for two seconds.
    device.audio?.incoming(false);
    await device.register();
  },
  async connect(params) {
    follow(await theDevice().connect({ params }));
  },
  accept: () => theCall().accept(),
  reject: () => theCall().reject(),
  hangUp: () => theCall().disconnect(),
  mute: (on) => theCall().mute(on),
  digits: (digits) => theCall().sendDigits(digits),
  connectToken: () => theCall().connectToken,
  async takeOver(connectToken) {
    follow(await theDevice().connect({ connectToken }));
  },
  restartIce: () => theMedia().iceRestart(),
  iceGenerations() {
    const [, fragment = ""] =
      /a=ice-ufrag:(\S+)/.exec(theMedia().version.pc.remoteDescription?.sdp ?? "") ?? [];
    return fragments.add(fragment).size;
  },
  freeze: () => theMedia().version.pc.close(),
  updateToken: (token) => theDevice().updateToken(token),
  unregister: () => theDevice().unregister(),
  loudness() {
    const value = loudest;
    loudest = 0;
    return value;
  },
  callSid: () => call?.parameters["CallSid"],
  parameters: () => ({ ...call?.parameters, ...Object.fromEntries(call?.customParameters ?? []) }),
};

declare global {
  interface Window {
    driver: Driver;
  }
}
window.driver = driver;
