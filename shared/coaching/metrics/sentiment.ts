import { hearMood, moodScore, noMood, type Mood } from "../text/mood.ts";
import type { Tally } from "./tally.ts";

type Moods = { agent: Mood; customer: Mood };

/**
 * `sentiment` (both sides' words), `customerSentiment` = Σ values ÷ (Σ sizes + 3) of the words that have one, -1 to 1
 * (score); shared/coaching/text/mood.ts says which and how little that is. List and formula are ours.
 */
export const sentiment: Tally<Moods> = {
  start: { agent: noMood, customer: noMood },
  step: (moods, { beat: { word } }) => ({ ...moods, [word.speaker]: hearMood(moods[word.speaker], word) }),
  read: ({ agent, customer }) => ({
    sentiment: moodScore({ sum: agent.sum + customer.sum, size: agent.size + customer.size }),
    customerSentiment: moodScore(customer),
  }),
};
