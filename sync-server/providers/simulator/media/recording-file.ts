import { open } from "node:fs/promises";
import { frameMs, samplesPerFrame } from "../../../../shared/calls/mulaw.ts";
import { wavHeader } from "./wav.ts";

export interface RecordingFile {
  /** One frame of each channel; one channel is the sum of both. */
  add(left: Int16Array, right: Int16Array): void;
  /** `silence` keeps the clock running and the words out; `skip` leaves no gap; null goes on. */
  pause(behaviour: "silence" | "skip" | null): void;
  /** Writes what is left and the true header. Resolves to the length; null where the disk refused. */
  close(): Promise<{ durationMs: number } | null>;
}

const flushedFrames = 250;
// Four hours, as Twilio's longest recording; what comes after is not kept.
const framesAtMost = (4 * 3_600 * 1_000) / frameMs;

/** Writes a call's sound to a WAV file as it happens, in writes of five seconds. */
export function createRecordingFile(path: string, channels: 1 | 2): RecordingFile {
  let paused: "silence" | "skip" | null = null;
  let frames = 0;
  let pending: Buffer[] = [];
  let bytes = 0;
  const frameBytes = samplesPerFrame * 2 * channels;
  const opened = open(path, "w", 0o600);
  let writing: Promise<unknown> = opened.then((file) => file.write(wavHeader(channels, 0), 0, 44, 0));

  const flush = (): void => {
    const chunk = Buffer.concat(pending);
    const at = 44 + bytes;
    pending = [];
    bytes += chunk.length;
    writing = writing.then(async () => (await opened).write(chunk, 0, chunk.length, at));
    // Whether it went well is asked when the file is closed.
    writing.catch(() => undefined);
  };

  return {
    add(left, right) {
      if (paused === "skip" || frames >= framesAtMost) return;
      frames += 1;
      pending.push(paused ? Buffer.alloc(frameBytes) : interleave(left, right, channels));
      if (pending.length >= flushedFrames) flush();
    },
    pause(behaviour) {
      paused = behaviour;
    },
    async close() {
      flush();
      try {
        await writing;
        const file = await opened;
        await file.write(wavHeader(channels, bytes), 0, 44, 0);
        await file.close();
        return { durationMs: frames * frameMs };
      } catch {
        return null;
      }
    },
  };
}

function interleave(left: Int16Array, right: Int16Array, channels: 1 | 2): Buffer {
  const out = new Int16Array(samplesPerFrame * channels);
  for (let i = 0; i < samplesPerFrame; i++) {
    if (channels === 1) {
      out[i] = Math.max(-32_768, Math.min(32_767, (left[i] ?? 0) + (right[i] ?? 0)));
      continue;
    }
    out[i * 2] = left[i] ?? 0;
    out[i * 2 + 1] = right[i] ?? 0;
  }
  return Buffer.from(out.buffer);
}
