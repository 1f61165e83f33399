import type { Port } from "../media/port.ts";
import type { Sound } from "../media/play-source.ts";

/** What was left on a machine: everything after its tone, at 8 kHz. */
export interface Message {
  readonly callSid: string;
  readonly from: string;
  readonly to: string;
  readonly frames: Int16Array[];
}

/** An answering machine: its greeting, its beep, and then it listens. @param hear what is said to it after that */
export function createVoicemail(
  greeting: Sound,
  beep: Sound,
  afterBeep: () => void,
  hear: (frame: Int16Array) => void,
): Port {
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
    write(frame) {
      // Others hear the same frame.
      if (rest.length === 0) hear(frame.slice());
    },
    close: () => undefined,
  };
}
