import type { CallReport } from "../../entities/insight.ts";
import { compilePlaybook } from "../playbook/compile-playbook.ts";
import { startMatching } from "../playbook/start-matching.ts";
import { countQuestions } from "../text/questions.ts";
import type { Utterance } from "../utterance.ts";
import { objectionRules } from "./objection-rules.ts";
import type { Played } from "./played.ts";
import type { Sentence } from "./sentences.ts";
import { quote } from "./wording.ts";

export type Objection = CallReport["objections"][number] & {
  /** What it is about, in a few words. */
  about: string;
  /** What the playbook would have said; empty = it has no card for it. */
  lines: readonly string[];
};

/** Two that come up so close to each other are one. */
const sameWithinMs = 20_000;
/** An answer begins so soon, and by so much later holds so many words or a question. */
const answerWithinMs = 15_000;
const answeredByMs = 30_000;
const answerWords = 8;
/** Who says it again so soon has not been answered. */
const againWithinMs = 90_000;

/**
 * What the customer held against it: sentences that fit a small set of phrases, and what brought up a card of the
 * playbook. One counts as answered when the agent speaks within 15 s, says at least eight words or asks something
 * within 30 s, and the customer does not come back to it within a minute and a half. Whether the answer was a good one, rules
 * cannot tell.
 */
export function findObjections(
  utterances: readonly Utterance[],
  sentences: readonly Sentence[],
  raised: Played["raised"],
): Objection[] {
  const found = [...raised.map(ofCard), ...matchRules(utterances)].sort((a, b) => a.atMs - b.atMs);
  const distinct = found.filter((one, at) => !found.slice(0, at).some((other) => isSame(one, other)));
  return distinct.slice(0, 20).map(({ about, lines, atMs, key }) => {
    const said = sentenceAt(sentences, atMs);
    const isBack = found.some((other) => other.key === key && isAgain(other.atMs - atMs));
    const answered = !isBack && isAnswered(sentences, said?.endMs ?? atMs);
    return {
      about,
      lines,
      atMs: said?.startMs ?? atMs,
      answered,
      text: said ? `${about}: ${quote(said.text)}` : about,
    };
  });
}

type Raised = { key: string; about: string; lines: readonly string[]; atMs: number };

function ofCard({ key, title, lines, atMs }: Played["raised"][number]): Raised {
  return { key, about: title, lines, atMs };
}

const compiled = compilePlaybook(objectionRules);

function matchRules(utterances: readonly Utterance[]): Raised[] {
  const matching = startMatching(compiled);
  const titles = new Map(objectionRules.cards.map(({ key, title }) => [key, title]));
  return utterances
    .flatMap((utterance) => matching.hear(utterance))
    .map(({ key, atMs }) => ({ key: `rule-${key}`, about: titles.get(key) ?? key, lines: [], atMs }));
}

function isSame(one: Raised, other: Raised): boolean {
  return Math.abs(one.atMs - other.atMs) < sameWithinMs;
}

function isAgain(laterMs: number): boolean {
  return laterMs >= sameWithinMs && laterMs <= againWithinMs;
}

function sentenceAt(sentences: readonly Sentence[], atMs: number): Sentence | undefined {
  return sentences.find(
    ({ speaker, startMs, endMs }) => speaker === "customer" && startMs <= atMs && atMs <= endMs,
  );
}

function isAnswered(sentences: readonly Sentence[], endMs: number): boolean {
  const reply = sentences.filter(({ speaker, startMs }) => speaker === "agent" && startMs >= endMs && startMs <= endMs + answeredByMs); // prettier-ignore
  const [first] = reply;
  if (first === undefined || first.startMs - endMs > answerWithinMs) return false;
  const words = reply.reduce((sum, sentence) => sum + sentence.words, 0);
  return words >= answerWords || reply.some(({ text }) => countQuestions(text) > 0);
}
