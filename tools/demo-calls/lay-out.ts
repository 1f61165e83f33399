import type { DemoTurn } from "../../shared/calls/demo-call.ts";
import type { ScriptLine } from "./parse-script.ts";
import { sampleRate, type Speech } from "./speak.ts";

export type SpokenLine = ScriptLine & { speech: Speech };
/** A spoken line with its place on the call's clock. */
export type PlacedLine = SpokenLine & { startMs: number };

type Clock = { quietMs: number; lastStartMs: number };

/** Puts spoken lines on one clock, in the order of the script. */
export function layOut(lines: readonly SpokenLine[]): PlacedLine[] {
  const clock: Clock = { quietMs: 0, lastStartMs: 0 };
  return lines.map((line) => {
    const { kind, ms } = line.start;
    const startMs = kind === "during" ? clock.lastStartMs + ms : Math.max(0, clock.quietMs + ms);
    // What is said while the other talks is no turn to answer to: the next line counts from the longer one.
    if (kind === "gap") clock.lastStartMs = startMs;
    clock.quietMs = Math.max(clock.quietMs, startMs + toMs(line.speech.samples.length));
    return { ...line, startMs };
  });
}

/** What was laid out as turns, by the moment they begin. */
export function toTurns(lines: readonly PlacedLine[]): DemoTurn[] {
  return lines
    .map(({ speaker, startMs, text, speech }) => ({
      speaker,
      startMs,
      endMs: startMs + toMs(speech.samples.length),
      text,
      words: speech.words.map((word) => ({
        text: word.text,
        startMs: startMs + Math.floor((word.from * 1000) / sampleRate),
        endMs: startMs + Math.floor((word.to * 1000) / sampleRate),
      })),
    }))
    .sort((a, b) => a.startMs - b.startMs);
}

function toMs(samples: number): number {
  return Math.ceil((samples * 1000) / sampleRate);
}
