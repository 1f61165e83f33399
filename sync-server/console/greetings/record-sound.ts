import { longestGreetingMs } from "../../../shared/calls/greeting-wire.ts";

export type Recording = {
  /** Ends it, and gives the microphone back. @returns what was recorded */
  finish(): Promise<Blob>;
};

/**
 * Records the microphone, for as long as a greeting may last.
 * @param signal forgets it and gives the microphone back, at whatever moment: while the browser still asks for it too
 * @param ended called when the time is up
 * @returns null where it was forgotten before it began
 * @throws what the browser throws where there is no microphone, or it may not be used
 */
export async function recordSound(signal: AbortSignal, ended: () => void): Promise<Recording | null> {
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  if (!signal.aborted) return recordStream(stream, signal, ended);
  release(stream);
  return null;
}

function recordStream(stream: MediaStream, signal: AbortSignal, ended: () => void): Recording {
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
    release(stream);
  };
  signal.addEventListener("abort", stop, { once: true });
  recorder.start();
  return {
    async finish() {
      stop();
      await stopped;
      return new Blob(parts, { type: recorder.mimeType });
    },
  };
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
