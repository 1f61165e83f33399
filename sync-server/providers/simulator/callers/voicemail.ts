import { frameMs } from "../media/mulaw.ts";
import { openSound } from "../media/play-source.ts";
import type { Port } from "../media/port.ts";

/** An answering machine: its greeting, its beep, and then it listens. */
export function createVoicemail(greetingMs: number, afterBeep: () => void): Port {
  const lettersPerSecond = 15;
  const greeting = openSound(
    { what: "say", text: "x".repeat(Math.round((greetingMs / 1000) * lettersPerSecond)) },
    1,
    () => Promise.resolve(null),
  );
  const beep = openSound({ what: "beep" }, 1, () => Promise.resolve(null));
  let nowMs = 0;
  let told = false;
  return {
    read() {
      nowMs += frameMs;
      const frame = (nowMs <= greetingMs ? greeting() : null) ?? (nowMs > greetingMs ? beep() : null);
      if (nowMs > greetingMs && !frame && !told) {
        told = true;
        afterBeep();
      }
      return frame;
    },
    write: () => undefined,
    close: () => undefined,
  };
}
