import { longestGreetingMs } from "../../../shared/calls/greeting-wire.ts";

export type Recording = {
  /** Ends it, and gives the microphone back. @returns what was recorded */
  finish(): Promise<Blob>;
  /** Forgets it, and gives the microphone back. */
  cancel(): void;
};

/**
 * Records the microphone, for as long as a greeting may last.
 * @param ended called when the time is up
 * @throws what the browser throws where there is no microphone, or it may not be used
 */
export async function recordSound(ended: () => void): Promise<Recording> {
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  // A second less: what is recorded while it stops would make it too long.
  const timer = setTimeout(ended, longestGreetingMs - 1_000);
  const stop = () => {
    clearTimeout(timer);
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  };
  recorder.start();
  return {
    async finish() {
      stop();
      await stopped;
      return new Blob(parts, { type: recorder.mimeType });
    },
    cancel: stop,
  };
}
