import { keyPhrasesOf } from "../../../shared/sentiment/key-phrases.ts";
import { urgencyOf } from "../../../shared/sentiment/urgency.ts";
import { macroF1 } from "../../../tools/sentiment/classes.ts";
import type { Evaluation } from "../evaluation.ts";
import { compareHeldOut, remembering } from "../held-out.ts";
import { onHeldOut } from "./emotions.ts";
import { phraseTexts, type PhraseText } from "./phrase-texts.ts";
import { urgencyTexts, type UrgencyText } from "./urgency-texts.ts";

/** What a text shows besides being glad or cross, held against what readers of the same texts say. */
export const moods: Evaluation = {
  ids: ["eval.sentiment.emotions", "eval.sentiment.urgency", "eval.sentiment.key-phrases"],
  run: () => [
    onHeldOut(),
    compareHeldOut<UrgencyText>({
      ...{ id: "eval.sentiment.urgency", feature: "sentiment, urgency", called: "texts" },
      metric: "F1 of 3 levels",
      items: urgencyTexts,
      ours: byLevel((text) => urgencyOf(text).level),
      baseline: {
        name: "an exclamation mark, “urgent” or “asap” is high, all else none",
        of: byLevel((text) => (/!|\burgent|\basap\b/iu.test(text) ? "high" : "none")),
      },
    }),
    compareHeldOut<PhraseText>({
      ...{ id: "eval.sentiment.key-phrases", feature: "sentiment, key phrases", called: "texts" },
      metric: "F1 of the words of the first three",
      items: phraseTexts,
      ours: byWords((text) => keyPhrasesOf(text, 3).join(" ")),
      baseline: {
        name: "every word of five letters and more",
        of: byWords((text) => text.match(/\p{L}{5,}/gu)?.join(" ") ?? ""),
      },
    }),
  ],
};

type Guess<T> = (text: string) => T;

const levels = ["none", "some", "high"] as const;
function byLevel(work: Guess<UrgencyText["level"]>) {
  const guess = remembering(work);
  return (texts: readonly UrgencyText[]) =>
    macroF1(
      texts.map(({ text, level }) => ({ guess: levels.indexOf(guess(text)), truth: levels.indexOf(level) })),
    );
}

/** Of all texts together: 2 · words in both ÷ (words named + words underlined). */
function byWords(work: Guess<string>) {
  const name = remembering(work);
  return (texts: readonly PhraseText[]) => {
    const counted = texts.map(({ text, underlined }) => {
      const [named, wanted] = [wordsOf(name(text)), wordsOf(underlined.join(" "))];
      return { both: named.intersection(wanted).size, all: named.size + wanted.size };
    });
    const sum = (of: (one: (typeof counted)[number]) => number) =>
      counted.reduce((total, one) => total + of(one), 0);
    return (2 * sum(({ both }) => both)) / sum(({ all }) => all);
  };
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}
