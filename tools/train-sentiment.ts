import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { readRatedTexts } from "./sentiment/rated-texts.ts";
import { trainSentiment } from "./sentiment/train.ts";

// npm run train-sentiment -- --data ../shared/data   writes shared/sentiment/weights.json anew
const { values: options } = parseArgs({ options: { data: { type: "string", default: "../shared/data" } } });
const weights = trainSentiment(readRatedTexts(options.data));
await writeFile(
  new URL("../shared/sentiment/weights.json", import.meta.url),
  `${JSON.stringify(weights, null, 2)}\n`,
);
console.log(`${weights.trainedOn}: ${Math.round(weights.table.length / 1024)} KB of weights`);
