import { z } from "zod";
import { encodeMulaw } from "../../../shared/calls/mulaw.ts";
import type { SpeechToText } from "../../coaching/speech/index.ts";
import { cutTurns } from "./cut-turns.ts";
import { openSpeechSocket } from "./socket.ts";
import { followTurns } from "./turns.ts";

export type OpenAiSpeechOptions = { baseUrl: string; apiKey: string; model: string };

const about = { item_id: z.string().min(1).max(200) };
const Event = z.discriminatedUnion("type", [
  z.object({ type: z.literal("input_audio_buffer.committed"), ...about }),
  z.object({ type: z.literal("conversation.item.input_audio_transcription.delta"), ...about, delta: z.string().default("") }), // prettier-ignore
  z.object({ type: z.literal("conversation.item.input_audio_transcription.completed"), ...about, transcript: z.string() }), // prettier-ignore
  z.object({ type: z.literal("conversation.item.input_audio_transcription.failed"), ...about }),
  z.object({ type: z.literal("error"), error: z.object({ code: z.string().nullish() }) }),
]);
const Other = z.object({ type: z.string() });
const known: ReadonlySet<string> = new Set(Event.options.map(({ shape }) => shape.type.value));

/** What it calls a turn in which there was nothing. */
const harmless: ReadonlySet<string> = new Set(["input_audio_buffer_commit_empty"]);

/**
 * OpenAI's realtime transcription, and any server of that form. We say where a turn ends: not every model of theirs
 * finds that out, and so the times of turns are those of our own audio.
 */
export function createOpenAiSpeech({ baseUrl, apiKey, model }: OpenAiSpeechOptions): SpeechToText {
  return {
    name: "openai",
    open({ sampleRate, language, onHeard, onSent, onEnd }) {
      if (sampleRate !== 8_000) throw new Error("G.711 has 8,000 samples a second");
      const turns = followTurns(onHeard);
      const socket = openSpeechSocket({
        url: `${baseUrl.replace(/^http/u, "ws")}/realtime?intent=transcription`,
        headers: { authorization: `Bearer ${apiKey}` },
        onOpen: (send) => send(JSON.stringify(sessionOf(model, language))),
        onMessage: (message) => hear(message, turns),
        onSent,
        onEnd,
      });
      const cut = cutTurns(sampleRate, {
        begin: turns.begin,
        speak(audio, endMs) {
          turns.reach(endMs);
          const sound = Buffer.from(encodeMulaw(audio)).toString("base64");
          const message = JSON.stringify({ type: "input_audio_buffer.append", audio: sound });
          socket.send(message, (audio.length * 1_000) / sampleRate);
        },
        end() {
          turns.end();
          socket.send('{"type":"input_audio_buffer.commit"}');
        },
      });
      return {
        hear(audio) {
          cut.hear(audio);
          if (turns.isLost(cut.nowMs())) socket.end("the provider does not answer");
        },
        close() {
          cut.close();
          // There is no word for the end: it closes the connection when it has told everything, or we do.
          socket.finish('{"type":"input_audio_buffer.clear"}');
        },
      };
    },
  };
}

function sessionOf(model: string, language: string | null) {
  const transcription = { model, ...(language === null ? {} : { language: language.split("-")[0] }) };
  const input = { format: { type: "audio/pcmu" }, transcription, turn_detection: null };
  return { type: "session.update", session: { type: "transcription", audio: { input } } };
}

/** @returns why it makes no sense; null where it does, also where it is of no interest */
function hear(message: unknown, turns: ReturnType<typeof followTurns>): string | null {
  const other = Other.safeParse(message);
  if (!other.success) return "the provider sent no message of its form";
  if (!known.has(other.data.type)) return null;
  const read = Event.safeParse(message);
  if (!read.success) return `the provider sent a "${other.data.type}" that is none`;
  const event = read.data;
  switch (event.type) {
    case "input_audio_buffer.committed":
      turns.name(event.item_id);
      return null;
    case "conversation.item.input_audio_transcription.delta":
      turns.add(event.item_id, event.delta);
      return null;
    case "conversation.item.input_audio_transcription.completed":
      turns.finish(event.item_id, event.transcript);
      return null;
    case "conversation.item.input_audio_transcription.failed":
      turns.finish(event.item_id, null);
      return null;
    case "error":
      return harmless.has(event.error.code ?? "") ? null : "the provider reports an error";
  }
}
