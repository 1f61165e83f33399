import { sampleRate } from "../../../../shared/calls/mulaw.ts";
import type { CallScript, ScriptTurn, Speaker } from "./script.ts";

/** What somebody says, and when, in ms from the answer. */
export type Line = { speaker: Speaker; startMs: number; text: string };

const endsAfterMs = 1_000;

/** A call that needs no file: they hum where others speak. */
export function humScript(lines: readonly Line[]): CallScript {
  const turns = lines.map(turnOf);
  return {
    id: "tone",
    title: "A caller who hums",
    customer: { name: "Tony Hum", phone: "+14155550100", company: "" },
    turns,
    load: (speaker) => Promise.resolve(hum(turns, speaker)),
  };
}

/** Stands in where no recorded calls are installed. */
export const toneScript = humScript([
  { speaker: "agent", startMs: 300, text: "Hello, how can I help you?" },
  { speaker: "customer", startMs: 2_500, text: "Hello, I would like to talk about the offer you sent me." },
  { speaker: "agent", startMs: 7_000, text: "Of course, what would you like to know?" },
  { speaker: "customer", startMs: 10_000, text: "What does it cost, and when can we begin?" },
]);

function hum(turns: readonly ScriptTurn[], speaker: Speaker): Int16Array {
  const hertz = speaker === "customer" ? 300 : 500;
  const lengthMs = Math.max(0, ...turns.map(({ endMs }) => endMs)) + endsAfterMs;
  const samples = new Int16Array(Math.ceil((lengthMs / 1000) * sampleRate));
  for (const { startMs, endMs } of turns.filter((one) => one.speaker === speaker)) {
    const end = (endMs * sampleRate) / 1000;
    for (let at = (startMs * sampleRate) / 1000; at < end; at++) {
      samples[at] = Math.round(8_000 * Math.sin((2 * Math.PI * hertz * at) / sampleRate));
    }
  }
  return samples;
}

function turnOf({ speaker, startMs, text }: Line): ScriptTurn {
  const wordMs = 300;
  const words = text.split(" ").map((word, index) => ({
    text: word,
    startMs: startMs + index * wordMs,
    endMs: startMs + (index + 1) * wordMs,
  }));
  return { speaker, startMs, endMs: startMs + words.length * wordMs, text, words };
}
