import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Emotion } from "../../shared/sentiment/emotion-words.ts";

/** Where nothing is named, a text only tells or asks. */
export type NamedText = { text: string; shows: readonly (Emotion | "none")[] };

/**
 * Which emotion of ours each of GoEmotions' labels is. By what customers write, whose praise of a thing is joy and whose
 * thanks and assent to us are trust; who is curious asks, as everybody does who calls. A null names none of ours, and
 * says no more than that of a text: without another label it is not learned from.
 */
const emotionOfLabel: Record<string, Emotion | "none" | null> = {
  ...{ joy: "joy", amusement: "joy", excitement: "joy", love: "joy", pride: "joy", relief: "joy" },
  ...{ admiration: "joy", gratitude: "trust", approval: "trust" },
  ...{ anger: "anger", annoyance: "anger", disgust: "anger", fear: "fear", nervousness: "fear" },
  ...{ sadness: "sadness", grief: "sadness", remorse: "sadness", disappointment: "sadness" },
  ...{ surprise: "surprise", confusion: "confusion" },
  ...{ neutral: "none", curiosity: "none", desire: "none", realization: "none" },
  ...{ caring: null, disapproval: null, embarrassment: null, optimism: null },
};

/**
 * A part of GoEmotions (Demszky and others 2020; CC BY 4.0): 58,000 comments of Reddit, of each what people named in it.
 * @param folder with train.tsv, dev.tsv, test.tsv and emotions.txt, as they are published
 * @throws where it has a label that is none of theirs
 */
export function readNamedEmotions(folder: string, part: "train" | "dev" | "test"): NamedText[] {
  const labels = readFileSync(join(folder, "emotions.txt"), "utf8").trim().split(/\s+/u);
  return readFileSync(join(folder, `${part}.tsv`), "utf8")
    .split("\n")
    .flatMap((line) => readLine(line, labels));
}

function readLine(line: string, labels: readonly string[]): NamedText[] {
  const [text, numbers] = line.split("\t");
  if (!text || !numbers) return [];
  const named = new Set(numbers.split(",").map((number) => emotionOf(labels[Number(number)])));
  named.delete(null);
  if (named.size > 1) named.delete("none");
  const shows = Array.from(named, (one) => one as Emotion | "none");
  // Names are masked there; `tokensOf` has one word for them all.
  return shows.length > 0 ? [{ text: text.replaceAll(/\[(?:NAME|RELIGION)\]/gu, "@name"), shows }] : [];
}

function emotionOf(label: string | undefined): Emotion | "none" | null {
  const emotion = emotionOfLabel[label ?? ""];
  if (emotion === undefined) throw new Error(`no label of GoEmotions: ${label}`);
  return emotion;
}
