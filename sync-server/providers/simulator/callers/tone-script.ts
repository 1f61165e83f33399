import { sampleRate } from "../../../../shared/calls/mulaw.ts";
import type { CallScript, ScriptTurn, Speaker } from "./script.ts";

const turns: readonly ScriptTurn[] = [
  turn("agent", 300, "Hello, how can I help you?"),
  turn("customer", 2_500, "Hello, I would like to talk about the offer you sent me."),
  turn("agent", 7_000, "Of course, what would you like to know?"),
  turn("customer", 10_000, "What does it cost, and when can we begin?"),
];

const lengthMs = 15_000;

/** A caller that needs no file: it hums where others speak. It stands in where no recorded calls are installed. */
export const toneScript: CallScript = {
  id: "tone",
  title: "A caller who hums",
  customer: { name: "Tony Hum", phone: "+14155550100", company: "" },
  turns,
  load: (speaker) => Promise.resolve(hum(speaker)),
};

function hum(speaker: Speaker): Int16Array {
  const hertz = speaker === "customer" ? 300 : 500;
  const samples = new Int16Array(Math.ceil((lengthMs / 1000) * sampleRate));
  for (const { startMs, endMs } of turns.filter((one) => one.speaker === speaker)) {
    const end = (endMs * sampleRate) / 1000;
    for (let at = (startMs * sampleRate) / 1000; at < end; at++) {
      samples[at] = Math.round(8_000 * Math.sin((2 * Math.PI * hertz * at) / sampleRate));
    }
  }
  return samples;
}

function turn(speaker: Speaker, startMs: number, text: string): ScriptTurn {
  const wordMs = 300;
  const words = text.split(" ").map((word, index) => ({
    text: word,
    startMs: startMs + index * wordMs,
    endMs: startMs + (index + 1) * wordMs,
  }));
  return { speaker, startMs, endMs: startMs + words.length * wordMs, text, words };
}
