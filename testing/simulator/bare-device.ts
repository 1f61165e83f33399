import { WebSocket } from "ws";

/** A device that speaks the SDK's signalling and has no sound: two hundred of them cost next to nothing. */
export interface BareDevice {
  /** Frames that have come, oldest first. */
  readonly frames: readonly Frame[];
  /** Resolves with the first frame of that type that has come or comes. */
  next(type: string): Promise<Frame>;
  send(type: string, payload: Record<string, unknown>): void;
  answer(callSid: string): void;
  call(params: Record<string, string>): void;
  hangUp(callSid: string): void;
  close(): void;
}

export interface BareDeviceOptions {
  /** "rtc" for a device that claims to have sound. */
  plugin?: string;
  /** For how many seconds it may come back for its calls after its connection was lost. */
  reconnectTimeout?: number;
  /** A call that it had answered before its connection was lost; told before it registers, as the SDK does. */
  claim?: { callsid: string; reconnect: string };
}

export interface Frame {
  type: string;
  payload: Record<string, unknown>;
}

const noSound = "v=0\r\n";

/**
 * Connects, listens with the token and registers; resolves when the carrier has taken it.
 */
export async function openBareDevice(
  signallingHost: string,
  token: string,
  { plugin = "none", reconnectTimeout = 0, claim }: BareDeviceOptions = {},
): Promise<BareDevice> {
  const socket = new WebSocket(`ws://${signallingHost}/signal`);
  const frames: Frame[] = [];
  const waiting: { type: string; resolve: (frame: Frame) => void }[] = [];

  socket.on("message", (data) => {
    const text = (data as Buffer).toString("utf8");
    if (text === "\n") return socket.send("\n");
    const frame = JSON.parse(text) as Frame;
    frames.push(frame);
    for (const [index, { type, resolve }] of [...waiting.entries()].toReversed()) {
      if (type !== frame.type) continue;
      waiting.splice(index, 1);
      resolve(frame);
    }
  });
  const send = (type: string, payload: Record<string, unknown>): void =>
    socket.send(JSON.stringify({ type, payload, version: "1.6" }));
  const next = (type: string): Promise<Frame> => {
    const come = frames.find((frame) => frame.type === type);
    return come ? Promise.resolve(come) : new Promise((resolve) => waiting.push({ type, resolve }));
  };

  await new Promise<void>((resolve, reject) => socket.once("open", resolve).once("error", reject));
  send("listen", { token, browserinfo: { plugin }, reconnectTimeout });
  await next("connected");
  if (claim) send("invite", { ...claim, sdp: noSound });
  send("register", { media: { audio: true } });
  await next("ready");
  return {
    frames,
    next,
    send,
    answer: (callsid) => send("answer", { callsid, sdp: noSound }),
    call: (params) =>
      send("invite", {
        callsid: `TJ${frames.length}`,
        sdp: noSound,
        twilio: { params: new URLSearchParams(params).toString() },
      }),
    hangUp: (callsid) => send("hangup", { callsid }),
    close: () => socket.close(),
  };
}
