import type { Speaker } from "../utterance.ts";
import type { CallMetrics } from "./catalogue.ts";
import type { Beat } from "./voices.ts";

/** How long each side has spoken, and how long both at once, in ms. */
export type Speech = { agent: number; customer: number; both: number };

export const noSpeech: Speech = { agent: 0, customer: 0, both: 0 };

export function addSpeech(speech: Speech, { word, addedMs, sharedMs }: Beat): Speech {
  const by: Speaker = word.speaker;
  return { ...speech, [by]: speech[by] + addedMs, both: speech.both + sharedMs };
}

/**
 * `agentMs`, `customerMs` = Σ spurts of a side: words with pauses of up to 200 ms between them (ms).
 * `silenceMs` = call − time in which anybody speaks (ms); `silenceShare` = silence ÷ call
 * (Amazon Connect's non-talk time).
 * `talkShare` = agent's speech ÷ call (as Amazon Connect); `talkShareOfSpeech` = agent's ÷ (agent's + customer's
 * speech), which leaves silence out (as most dialler vendors).
 */
export function readSpeech({ agent, customer, both }: Speech, durationMs: number): CallMetrics {
  const silenceMs = durationMs - (agent + customer - both);
  return {
    agentMs: agent,
    customerMs: customer,
    silenceMs,
    ...(durationMs > 0 && { talkShare: agent / durationMs, silenceShare: silenceMs / durationMs }),
    ...(agent + customer > 0 && { talkShareOfSpeech: agent / (agent + customer) }),
  };
}
