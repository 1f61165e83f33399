import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hash } from "../../shared/sentiment/terms.ts";

export type RatedSet = "tweets" | "product reviews" | "film reviews" | "editorials";
/** `rating` is the mean of people's, -4 to 4. `isTest`: never trained on. */
export type RatedText = { set: RatedSet; source: string; rating: number; text: string; isTest: boolean };

const files: Record<RatedSet, string> = {
  tweets: "tweets_GroundTruth.txt",
  "product reviews": "amazonReviewSnippets_GroundTruth.txt",
  "film reviews": "movieReviewSnippets_GroundTruth.txt",
  editorials: "nytEditorialSnippets_GroundTruth.txt",
};
/** How much a text counts in training. Films and editorials are many, and not what is written to a call centre. */
export const importance: Record<RatedSet, number> = {
  tweets: 1,
  "product reviews": 1,
  "film reviews": 0.5,
  editorials: 0.5,
};
const splitSeed = "ringside 1";
/** One text in five is kept for the test. */
const testShare = 5;

/** Texts and their ratings; the pieces of one review or editorial are all on one side of the split. */
export function readRatedTexts(dataDir: string): RatedText[] {
  return Object.entries(files).flatMap(([set, file]) =>
    readFileSync(join(dataDir, "sentiment", file), "utf8")
      .split("\n")
      .flatMap((line) => readLine(set as RatedSet, line)),
  );
}

function readLine(set: RatedSet, line: string): RatedText[] {
  const [id, rating, ...rest] = line.split("\t");
  if (!id || rating === undefined) return [];
  const source = `${set} ${id.split("_")[0]}`;
  const isTest = hash(`${splitSeed} ${source}`) % testShare === 0;
  return [{ set, source, rating: Number(rating), text: rest.join(" ").trim(), isTest }];
}
