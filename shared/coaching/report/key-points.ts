import { clock } from "../../time/clock.ts";
import { stemsOf } from "../text/stems.ts";
import { splitWords } from "../text/words.ts";
import type { Findings } from "./findings.ts";
import type { Sentence } from "./sentences.ts";
import { quote, sentence } from "./wording.ts";

const most = 6;
const [fewestWords, mostWords] = [6, 45];

/** What carries a call besides what it is about: why, how much, when, what next. English; digits are everybody's. */
const telling =
  /\b(?:need|want|looking for|because|problem|issue|decid\w+|budget|price|cost|contract|deadline|appointment|meeting|agree\w*|sign|account|order|invoice|deliver\w*|cancel\w*|would like|important|instead|already|only if|as long as)\b/iu;
const figures = /\d|\b(?:hundred|thousand|million|percent|dollars?|euros?|pounds?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|january|february|march|april|may|june|july|august|september|october|november|december)\b/iu; // prettier-ignore
const courtesy = /\b(?:have a (?:great|good|nice)|thank you for calling|anything else|good (?:morning|afternoon|evening)|my name is|how can i help|you too|bye)\b/iu; // prettier-ignore

/** The sentences that say most of the call in its own words, in order; who says them and when. */
export function findKeyPoints({ sentences, agent, customer }: Findings): string[] {
  const frequency = countStems(sentences);
  const scored = sentences
    .filter(({ words }) => words >= fewestWords && words <= mostWords)
    .map((one) => ({ said: one, score: scoreSentence(one, frequency) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.said.startMs - b.said.startMs);
  const chosen: Sentence[] = [];
  for (const { said: next } of scored) {
    if (chosen.length === most) break;
    if (!chosen.some((other) => isAlike(other, next))) chosen.push(next);
  }
  return chosen
    .sort((a, b) => a.startMs - b.startMs)
    .map(({ speaker, startMs, text }) => sentence(`${speaker === "agent" ? agent : customer} at ${clock(startMs)}: ${quote(text, 220)}`)); // prettier-ignore
}

/** Words that come up in several sentences are what the call is about; those of one or two letters say nothing. */
function countStems(sentences: readonly Sentence[]): Map<string, number> {
  const frequency = new Map<string, number>();
  for (const { text } of sentences)
    for (const stem of stemSet(text)) frequency.set(stem, (frequency.get(stem) ?? 0) + 1);
  return frequency;
}

function scoreSentence({ text, speaker, words }: Sentence, frequency: ReadonlyMap<string, number>): number {
  if (courtesy.test(text) || !(telling.test(text) || figures.test(text))) return 0;
  const topics = [...stemSet(text)].filter(
    (stem) => stem.length > 3 && (frequency.get(stem) ?? 0) >= 3,
  ).length;
  const marks =
    Number(telling.test(text)) * 2 + Number(figures.test(text)) * 2 + Number(speaker === "customer");
  // A long sentence holds more of everything.
  return (marks + Math.min(3, topics)) / Math.sqrt(Math.max(words, 8));
}

function isAlike(a: Sentence, b: Sentence): boolean {
  const [one, other] = [stemSet(a.text), stemSet(b.text)];
  const shared = [...one].filter((stem) => other.has(stem)).length;
  return shared / Math.max(1, Math.min(one.size, other.size)) > 0.7;
}

function stemSet(text: string): Set<string> {
  return new Set(splitWords(text).flatMap(stemsOf));
}
