import { decodeMulaw, samplesPerFrame } from "../../../../shared/calls/mulaw.ts";

type Entry = { samples: Int16Array } | { mark: string };

/** What the far end of a stream has sent to be heard, with its marks between. */
export function createPlayback(onMark: (name: string) => void) {
  // Five minutes: whoever sends more than that ahead has lost his way.
  const samplesAtMost = 5 * 60 * 8_000;
  let entries: Entry[] = [];
  let waiting = 0;

  const passMarks = (): void => {
    while (entries[0] && "mark" in entries[0]) onMark((entries.shift() as { mark: string }).mark);
  };

  return {
    add(payload: string): void {
      if (waiting > samplesAtMost) return;
      const samples = decodeMulaw(Buffer.from(payload, "base64"));
      waiting += samples.length;
      entries.push({ samples });
    },
    mark(name: string): void {
      entries.push({ mark: name });
      passMarks();
    },
    /** Drops what has not been heard; its marks are told at once, as Twilio does. */
    clear(): void {
      const marks = entries.flatMap((entry) => ("mark" in entry ? [entry.mark] : []));
      entries = [];
      waiting = 0;
      for (const name of marks) onMark(name);
    },
    next(): Int16Array | null {
      if (waiting === 0) return null;
      const frame = new Int16Array(samplesPerFrame);
      let filled = 0;
      while (filled < samplesPerFrame && entries[0] && "samples" in entries[0]) {
        const { samples } = entries[0];
        const part = samples.subarray(0, samplesPerFrame - filled);
        frame.set(part, filled);
        filled += part.length;
        if (part.length === samples.length) entries.shift();
        else entries[0] = { samples: samples.subarray(part.length) };
        passMarks();
      }
      waiting -= filled;
      return frame;
    },
  };
}
