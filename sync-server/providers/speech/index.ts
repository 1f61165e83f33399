import type { SpeechToText } from "../../coaching/speech/index.ts";
import { createDeepgram } from "./deepgram.ts";
import { createOpenAiSpeech } from "./openai.ts";

export type SpeechConfig = {
  provider: "openai" | "deepgram";
  baseUrl: string;
  apiKey: string;
  model: string;
};

/** The provider that the server's settings name. */
export function createSpeechToText({ provider, ...options }: SpeechConfig): SpeechToText {
  return provider === "deepgram" ? createDeepgram(options) : createOpenAiSpeech(options);
}
