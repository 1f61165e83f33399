// oxlint-disable-next-line typescript/triple-slash-reference -- a package without types; its importers are compiled by several projects
/// <reference path="./vader-sentiment.d.ts" />
import vader, { type Polarity } from "vader-sentiment";

/** What the VADER lexicon and its rules say of a text (Hutto, Gilbert 2014; the package vader-sentiment). */
export function polarityOf(text: string): Polarity {
  return vader.SentimentIntensityAnalyzer.polarity_scores(text);
}
