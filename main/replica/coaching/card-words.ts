import { CardAnswer, type CardRequest, coachingPaths } from "../../../shared/coaching/server-wire.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { AskTelephony } from "../phone/ask-telephony.ts";

/** What is said before that has little to do with a card. */
const heardMs = 60_000;
const mostHeard = 60;
const longestText = 2_000;

/** A model's words for a card in this moment of a call; null = it stays as the playbook has it. */
export type WordCard = (request: CardRequest) => Promise<string[] | null>;

/** Asks the server, which has the model. Without a network, a model or an answer in time nothing comes of it. */
export function createWordCard(ask: AskTelephony): WordCard {
  return async (request) => {
    const answer = await ask("POST", coachingPaths.card, request, CardAnswer);
    return answer.ok && answer.value.wordedBy === "model" ? answer.value.lines : null;
  };
}

/** The last minute of a call, oldest first, as a model is told it. */
export function lastMinute(utterances: readonly Utterance[], nowMs: number): CardRequest["heard"] {
  return utterances
    .filter(({ endMs, text }) => endMs >= nowMs - heardMs && text.trim() !== "")
    .slice(-mostHeard)
    .map(({ speaker, text }) => ({ speaker, text: text.slice(-longestText) }));
}
