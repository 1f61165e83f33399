import { join } from "node:path";
import { emotionNames, listedWordsOf, type Emotion } from "../../../shared/sentiment/emotion-words.ts";
import { emotionsOf } from "../../../shared/sentiment/emotions.ts";
import { macroF1 } from "../../../tools/sentiment/classes.ts";
import { readNamedEmotions } from "../../../tools/sentiment/named-emotions.ts";
import { bootstrap, tellGain } from "../bootstrap.ts";
import type { Evaluated, Evaluation } from "../evaluation.ts";
import { compareHeldOut, remembering } from "../held-out.ts";
import { vaderClass } from "../sentiment.ts";
import { emotionTexts, type EmotionText } from "./emotion-texts.ts";

type Named = { text: string; emotion: Emotion | "none" };
type Guess = (text: string) => Named["emotion"];

const classes = [...emotionNames, "none"] as const;
const metric = "F1 of the first emotion, 8 classes";
/** Of thousands of texts a draw takes long. */
const fewerDraws = 200;

const ours = remembering<string, Named["emotion"]>((text) => emotionsOf(text)[0]?.emotion ?? "none");
const others: readonly (readonly [string, Guess])[] = [
  ["our lists of words alone", remembering(byLists)],
  ["VADER, glad = joy and cross = anger", remembering((text) => (["anger", "none", "joy"] as const)[vaderClass(text)] ?? "none")], // prettier-ignore
  ["always none", () => "none"],
];

/** As customers say it. */
export function onHeldOut(): Evaluated {
  const heldOut = emotionTexts.filter(({ part }) => part === "held-out");
  const [best, ...rest] = rank(heldOut);
  return compareHeldOut<EmotionText>({
    ...{ id: "eval.sentiment.emotions", feature: "sentiment, emotions", called: "texts", metric },
    ...{ items: emotionTexts, by: "a model", ours: (texts) => f1Of(texts, ours) },
    baseline: { name: best.name, of: (texts) => f1Of(texts, best.guess) },
    note: [tellRest(rest), tellPlain(heldOut)].join("; "),
  });
}

/** What was learned from has a part of its own that was not: other people's texts, named by others. */
export const namedEmotions: Evaluation = {
  ids: ["eval.sentiment.emotions.goemotions"],
  needs: "goemotions",
  run({ dataDir }) {
    const texts = readNamedEmotions(join(dataDir, "goemotions"), "test").flatMap(
      ({ text, shows }): Named[] => (shows.length === 1 && shows[0] ? [{ text, emotion: shows[0] }] : []),
    );
    const [best, ...rest] = rank(texts);
    const [value, floor] = [f1Of(texts, ours), best.f1];
    const gain = bootstrap(texts, (drawn) => f1Of(drawn, ours) - f1Of(drawn, best.guess), fewerDraws);
    return [
      {
        ...{ id: "eval.sentiment.emotions.goemotions", feature: "sentiment, emotions", metric, unit: "x" },
        ...{ data: `GoEmotions, its test part, ${texts.length} texts that name one of ours`, value, floor },
        ...{ ratio: value / floor, reach: `> ${floor.toFixed(3)}`, runs: 1 },
        note: [`baseline: ${best.name}`, tellGain(gain), tellRest(rest), tellPlain(texts)].join("; "),
      },
    ];
  },
};

function byLists(text: string): Named["emotion"] {
  const listed = listedWordsOf(text);
  const most = Math.max(...listed);
  return (most > 0 && emotionNames[listed.indexOf(most)]) || "none";
}

type Ranked = { name: string; guess: Guess; f1: number };

/** The best of what could stand in its place is what is to be surpassed. */
function rank(texts: readonly Named[]): [Ranked, ...Ranked[]] {
  const ranked = others.map(([name, guess]) => ({ name, guess, f1: f1Of(texts, guess) }));
  return ranked.toSorted((a, b) => b.f1 - a.f1) as [Ranked, ...Ranked[]];
}

function f1Of(texts: readonly Named[], guess: Guess): number {
  const judged = texts.map(({ text, emotion }) => ({
    guess: classes.indexOf(guess(text)),
    truth: classes.indexOf(emotion),
  }));
  return macroF1(judged, classes.length);
}

function tellRest(rest: readonly Ranked[]): string {
  return rest.map(({ name, f1 }) => `${name} ${f1.toFixed(2)}`).join(", ");
}

/** An emotion read into what only tells or asks costs more than one that is missed. */
function tellPlain(texts: readonly Named[]): string {
  const plain = texts.filter(({ emotion }) => emotion === "none");
  const wrong = (guess: Guess) => plain.filter(({ text }) => guess(text) !== "none").length;
  return `an emotion is read into ${wrong(ours)} of the ${plain.length} that show none, by the lists into ${wrong(byLists)}`;
}
