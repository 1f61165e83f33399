import type { PhoneState } from "../../../../shared/calls/phone.ts";
import { microphoneAfter } from "./microphone-trouble.ts";

export type MicrophoneState = PhoneState["microphone"];

/**
 * The one microphone of this desk. It is open while somebody uses it: each call gets tracks of its own, and when
 * the last of them is stopped the machine's microphone is given back, and its light goes out.
 */
export type Microphone = {
  /** Throws the browser's own error where it may not be used or is not there. */
  open(): Promise<MediaStream>;
  /** Takes another device for every stream that is in use. */
  switchTo(deviceId: string): Promise<void>;
  state(): MicrophoneState;
  /** Asks the person, where the browser has not done so yet. */
  ask(): Promise<MicrophoneState>;
  /** Called with a new stream for the one that is to be replaced; what `replace` does not take is closed again. */
  onReplaced(replace: ReplaceStream): void;
  onState(listener: (state: MicrophoneState) => void): void;
};

/** False: nobody speaks by `before` any more. Whoever takes `after` stops `before`. */
export type ReplaceStream = (before: MediaStream, after: MediaStream) => Promise<boolean>;

type Media = Pick<MediaDevices, "getUserMedia">;

const sound = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export function createMicrophone(media: Media = navigator.mediaDevices): Microphone {
  const inUse = new Set<MediaStream>();
  const stateListeners = new Set<(state: MicrophoneState) => void>();
  let replace: ReplaceStream = async () => false;
  let switching: Promise<void> = Promise.resolve();
  let deviceId = "";
  let state: MicrophoneState = "unasked";

  async function capture(): Promise<MediaStream> {
    try {
      const audio = { ...sound, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) };
      const stream = await media.getUserMedia({ audio }).catch((error: unknown) => {
        // The chosen one was unplugged: any other is better than silence.
        if (deviceId && isMissing(error)) return media.getUserMedia({ audio: sound });
        throw error;
      });
      become("granted");
      return stream;
    } catch (error) {
      become(isMissing(error) ? "missing" : "denied");
      throw error;
    }
  }

  async function open(): Promise<MediaStream> {
    const stream = await capture();
    inUse.add(stream);
    for (const track of stream.getTracks()) forgetWhenStopped(stream, track);
    return stream;
  }

  /** A track that is stopped by us fires no event of its own. */
  function forgetWhenStopped(stream: MediaStream, track: MediaStreamTrack): void {
    const stop = track.stop.bind(track);
    track.stop = () => {
      stop();
      inUse.delete(stream);
    };
  }

  /** One after the other: two at once would open two for one call, and one of them would stay open. */
  function switchTo(wanted: string): Promise<void> {
    const switched = switching.then(() => switchNow(wanted));
    switching = switched.catch(() => {});
    return switched;
  }

  async function switchNow(wanted: string): Promise<void> {
    if (wanted === deviceId && ![...inUse].some(isDead)) return;
    deviceId = wanted;
    for (const before of [...inUse]) {
      const after = await open();
      const isTaken = await replace(before, after).catch(() => false);
      // Its call has ended meanwhile, or it is no call's.
      if (!isTaken) stopAll(after);
    }
  }

  function become(next: MicrophoneState): void {
    if (next === state) return;
    state = next;
    for (const tell of stateListeners) tell(state);
  }

  return {
    open,
    switchTo,
    state: () => state,
    async ask() {
      const stream = await open().catch(() => null);
      if (stream) stopAll(stream);
      return state;
    },
    onReplaced: (listener) => void (replace = listener),
    onState: (listener) => void stateListeners.add(listener),
  };
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function isDead(stream: MediaStream): boolean {
  return stream.getTracks().every(({ readyState }) => readyState === "ended");
}

function isMissing(error: unknown): boolean {
  const { name = "" } = error as { name?: string };
  return microphoneAfter(name) === "missing";
}
