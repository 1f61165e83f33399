import type { Port } from "../media/port.ts";
import type { Sound } from "../media/play-source.ts";

/** An answering machine: its greeting, its beep, and then it listens. */
export function createVoicemail(greeting: Sound, beep: Sound, afterBeep: () => void): Port {
  const rest = [greeting, beep];
  return {
    read() {
      while (rest[0]) {
        const frame = rest[0]();
        if (frame) return frame;
        rest.shift();
        if (rest.length === 0) afterBeep();
      }
      return null;
    },
    write: () => undefined,
    close: () => undefined,
  };
}
