import { z } from "zod";
import type { Heard, SpeechToText } from "../../coaching/speech/index.ts";
import { openSpeechSocket } from "./socket.ts";

export type DeepgramOptions = { baseUrl: string; apiKey: string; model: string };

const seconds = z.number().min(0).max(100_000);
const Word = z.object({
  word: z.string(),
  punctuated_word: z.string().optional(),
  start: seconds,
  end: seconds,
});
type Word = z.infer<typeof Word>;

const Results = z.object({
  type: z.literal("Results"),
  is_final: z.boolean(),
  speech_final: z.boolean().default(false),
  channel: z.object({ alternatives: z.array(z.object({ words: z.array(Word).max(4_000) })).min(1) }),
});
const Other = z.object({ type: z.string() });

/** What is silent for so long has ended, also where the line is not quiet enough to tell. */
const utteranceEndMs = 1_000;
const endpointingMs = 300;

/** Where nobody draws breath, an utterance ends all the same. */
const mostWords = 200;

/** Deepgram's live form: sound as binary frames, words with times in return. */
export function createDeepgram({ baseUrl, apiKey, model }: DeepgramOptions): SpeechToText {
  return {
    name: "deepgram",
    open({ sampleRate, language, onHeard, onSent, onEnd }) {
      const utterance = collectWords(onHeard);
      const socket = openSpeechSocket({
        url: addressOf(baseUrl, { model, sampleRate, language }),
        headers: { authorization: `Token ${apiKey}` },
        onMessage: (message) => hear(message, utterance),
        onSent,
        onEnd,
      });
      return {
        hear(audio) {
          const sound = Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength);
          socket.send(sound, (audio.length * 1_000) / sampleRate);
        },
        close: () => socket.finish('{"type":"CloseStream"}'),
      };
    },
  };
}

function addressOf(
  baseUrl: string,
  { model, sampleRate, language }: { model: string; sampleRate: number; language: string | null },
): string {
  const url = new URL(`${baseUrl.replace(/^http/u, "ws")}/listen`);
  const wanted = {
    ...{ model, encoding: "linear16", sample_rate: sampleRate, channels: 1 },
    ...{ interim_results: true, punctuate: true, endpointing: endpointingMs },
    ...{ vad_events: true, utterance_end_ms: utteranceEndMs },
    ...(language === null ? {} : { language }),
  };
  for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, String(value));
  return url.href;
}

/** @returns why it makes no sense; null where it does, also where it is of no interest */
function hear(message: unknown, utterance: ReturnType<typeof collectWords>): string | null {
  const other = Other.safeParse(message);
  if (!other.success) return "the provider sent no message of its form";
  if (other.data.type === "Error") return "the provider reports an error";
  if (other.data.type === "UtteranceEnd") utterance.end();
  if (other.data.type !== "Results") return null;
  const read = Results.safeParse(message);
  if (!read.success) return "the provider sent results that are none";
  const { is_final, speech_final, channel } = read.data;
  utterance.take(channel.alternatives[0]?.words ?? [], is_final);
  if (speech_final) utterance.end();
  return null;
}

/** Parts are sure before the utterance is over: it is all of them, and what is guessed after them. */
function collectWords(onHeard: (heard: Heard) => void) {
  let sure: Word[] = [];
  return {
    take(words: readonly Word[], isSure: boolean): void {
      const all = [...sure, ...words];
      if (isSure) sure = all;
      if (sure.length > mostWords) this.end();
      else if (all.length > 0) onHeard({ ...heardOf(all), final: false });
    },
    end(): void {
      if (sure.length > 0) onHeard({ ...heardOf(sure), final: true });
      sure = [];
    },
  };
}

function heardOf(words: readonly Word[]): Omit<Heard, "final"> {
  const ms = (at: number) => Math.round(at * 1_000);
  const startMs = ms(words[0]?.start ?? 0);
  return {
    text: words.map(({ word, punctuated_word }) => punctuated_word ?? word).join(" "),
    startMs,
    endMs: Math.max(startMs, ms(words.at(-1)?.end ?? 0)),
    timing: words.flatMap(({ start, end }) => [
      Math.max(0, ms(start) - startMs),
      Math.max(0, ms(end - start)),
    ]),
  };
}
