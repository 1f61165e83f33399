import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { EmotionWeights, emotionPlaces, readEmotions } from "../../shared/sentiment/emotion-weights.ts";
import { termsOf } from "../../shared/sentiment/terms.ts";
import { tokensOf } from "../../shared/sentiment/tokens.ts";
import { sumOf } from "../../shared/sentiment/weights.ts";
import { readNamedEmotions, type NamedText } from "./named-emotions.ts";
import { trainEmotions } from "./train-emotions.ts";

test("a label stands for an emotion of ours or none; what names none of ours is left out, and “none” beside an emotion", async () => {
  const folder = await folderOf({
    "emotions.txt": "joy\nneutral\nannoyance\ncaring\n",
    "train.tsv":
      "[NAME] laughs\t0\ta\nplain\t1\tb\nboth\t1,2\tc\ntwo\t0,2\td\ntake care\t3\te\nglad\t0,3\tf\n",
    "test.tsv": "kept away\t0\tz\n",
  });
  expect(readNamedEmotions(folder, "train")).toEqual([
    { text: "@name laughs", shows: ["joy"] },
    { text: "plain", shows: ["none"] },
    { text: "both", shows: ["anger"] },
    { text: "two", shows: ["joy", "anger"] },
    { text: "glad", shows: ["joy"] },
  ]);
});

test("a label that nobody has given a meaning is refused", async () => {
  const folder = await folderOf({ "emotions.txt": "joy\nhunger\n", "train.tsv": "where is lunch\t1\ta\n" });
  expect(() => readNamedEmotions(folder, "train")).toThrow("hunger");
});

test("what is learned tells texts apart, of words that no list has; the same texts give the same weights", () => {
  const weights = trainEmotions(texts());
  expect(EmotionWeights.parse(weights)).toEqual(weights);
  expect(weights.trainedOn).toMatch(/^300 texts /u);
  expect(trainEmotions(texts())).toEqual(weights);
  const scoreOf = (emotion: string, text: string) => {
    const own = readEmotions(weights).find((one) => one.emotion === emotion);
    return own ? sumOf(own.table, termsOf(tokensOf(text), emotionPlaces)) : NaN;
  };
  expect(scoreOf("joy", "whee")).toBeGreaterThan(0.5);
  expect(scoreOf("anger", "grrr")).toBeGreaterThan(0.5);
  expect(scoreOf("joy", "grrr")).toBeLessThan(0);
  expect(scoreOf("anger", "table")).toBeLessThan(0);
});

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "named-emotions-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

function texts(): NamedText[] {
  const named: readonly NamedText[] = [
    { text: "whee", shows: ["joy"] },
    { text: "grrr", shows: ["anger"] },
    { text: "table", shows: ["none"] },
  ];
  return Array.from({ length: 100 }, () => named).flat();
}
