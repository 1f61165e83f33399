import { polarityOf } from "../../shared/sentiment/lexicon.ts";
import { rateText } from "../../shared/sentiment/sentiment.ts";
import { classOf, macroF1, neutralUpTo } from "../../tools/sentiment/classes.ts";
import { readRatedTexts, type RatedSet, type RatedText } from "../../tools/sentiment/rated-texts.ts";
import { bootstrap, tellGain } from "./bootstrap.ts";
import type { Evaluated, Evaluation } from "./evaluation.ts";

const ids: Record<RatedSet, string> = {
  tweets: "eval.sentiment.f1-gain.tweets",
  "product reviews": "eval.sentiment.f1-gain.products",
  "film reviews": "eval.sentiment.f1-gain.films",
  editorials: "eval.sentiment.f1-gain.editorials",
};
/** The thresholds that its authors publish. */
const vaderNeutral = 0.05;

/** Three classes on texts that nothing was trained on, beside the VADER lexicon on the same texts. */
export const sentiment: Evaluation = {
  ids: Object.values(ids),
  needs: "sentiment",
  run({ dataDir }) {
    const texts = readRatedTexts(dataDir).filter(({ isTest }) => isTest);
    return Object.entries(ids).map(([set, id]) =>
      compare(
        id,
        set,
        texts.filter((text) => text.set === set),
      ),
    );
  },
};

function compare(id: string, set: string, texts: readonly RatedText[]): Evaluated {
  const judged = texts.map(({ text, rating }) => ({
    truth: classOf(rating),
    ours: ourClass(text),
    vader: vaderClass(text),
  }));
  const f1 = (all: readonly (typeof judged)[number][], whose: "ours" | "vader") =>
    macroF1(all.map((one) => ({ guess: one[whose], truth: one.truth })));
  const [ours, theirs] = [f1(judged, "ours"), f1(judged, "vader")];
  const interval = bootstrap(judged, (drawn) => f1(drawn, "ours") - f1(drawn, "vader"));
  return {
    ...{
      id,
      feature: "sentiment",
      data: `${set}, ${texts.length} held out`,
      metric: "F1 of 3 classes, gain over VADER",
    },
    ...{ value: ours - theirs, floor: 0, unit: "x", reach: "> 0", runs: 1 },
    note: `ours ${ours.toFixed(3)}, VADER ${theirs.toFixed(3)}; ${tellGain(interval)}; people within ±${neutralUpTo} = neutral`,
  };
}

export function ourClass(text: string): number {
  const { sentiment: named } = rateText(text);
  return named.endsWith("negative") ? 0 : named === "neutral" ? 1 : 2;
}

export function vaderClass(text: string): number {
  return classOf(polarityOf(text).compound, vaderNeutral);
}
