import type { LineFailure } from "./device-port.ts";

/** A recording that a call can be spoken to with, instead of a microphone. */
type Message = {
  stream: MediaStream;
  /** Begins to play it. Resolves when all of it has been heard. */
  play(): Promise<void>;
  close(): void;
};

/** A browser that wants a click before it plays anything never says so: it does not begin. */
const beginsWithinMs = 2_000;
/** The far end lags by what it buffers: a call that ended with the sound would cut off its last word. */
const lingerMs = 600;

/** @throws LineFailure where this machine cannot play it */
export async function openMessage(sound: ArrayBuffer): Promise<Message> {
  const context = new AudioContext();
  const close = () => void context.close().catch(() => {});
  const source = context.createBufferSource();
  const way = context.createMediaStreamDestination();
  source.connect(way);
  try {
    source.buffer = await context.decodeAudioData(sound).catch(() => {
      throw unplayable;
    });
    await Promise.race([context.resume(), wait(beginsWithinMs)]);
    if (context.state !== "running") throw notAllowed;
  } catch (error) {
    close();
    throw error;
  }
  return {
    stream: way.stream,
    async play() {
      const played = new Promise((resolve) => source.addEventListener("ended", resolve, { once: true }));
      source.start();
      await played;
      await wait(lingerMs);
    },
    close,
  };
}

const unplayable: LineFailure = {
  code: "refused",
  message: "This greeting cannot be played on this computer.",
};
const notAllowed: LineFailure = {
  code: "refused",
  message: "The browser lets the phone's window play nothing yet: click into it once, then try again.",
};

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
