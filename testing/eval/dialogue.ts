import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { moodOf } from "../../shared/coaching/text/mood.ts";
import { classOf, macroF1 } from "../../tools/sentiment/classes.ts";
import type { Evaluation } from "./evaluation.ts";
import { ourClass, vaderClass } from "./sentiment.ts";

const Utterances = z.array(
  z.object({
    human_transcript: z.string(),
    emotion: z.object({ negative: z.number(), neutral: z.number(), positive: z.number() }),
  }),
);
/** A mood of one word stands further out than this. */
const moodNeutral = 0.1;

/**
 * Real dialogue: what people said on the telephone. The labels are another model's, made from the sound, so this says
 * how far two machines agree and nothing of people; it is here so that nobody claims more.
 */
export const dialogue: Evaluation = {
  ids: ["eval.sentiment.dialogue"],
  run({ dataDir }) {
    const said = readUtterances(join(dataDir, "harper-valley", "transcript"));
    const f1 = (guess: (text: string) => number) =>
      macroF1(said.map(({ text, truth }) => ({ guess: guess(text), truth })));
    const [ours, others] = [f1(ourClass), [f1(vaderClass), f1((text) => classOf(moodOf(text), moodNeutral)), f1(() => 1)]]; // prettier-ignore
    const [vader, mood, neutral] = others.map((one) => one.toFixed(3));
    return [
      {
        ...{ id: "eval.sentiment.dialogue", feature: "sentiment", unit: "x", reach: ">= 0", runs: 1 },
        ...{ data: `harper-valley, ${said.length} utterances`, metric: "F1 of 3 classes", value: ours },
        ...{ floor: others[0] ?? 0, ratio: ours / (others[0] ?? 1) },
        note: `VADER ${vader}, live mood ${mood}, always neutral ${neutral}; labels are a model's`,
      },
    ];
  },
};

function readUtterances(folder: string): { text: string; truth: number }[] {
  if (!existsSync(folder)) throw new Error(`${folder} is not there`);
  return readdirSync(folder).flatMap((file) =>
    Utterances.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))).map(
      ({ human_transcript: text, emotion }) => ({ text, truth: loudest(emotion) }),
    ),
  );
}

function loudest({
  negative,
  neutral,
  positive,
}: {
  negative: number;
  neutral: number;
  positive: number;
}): number {
  const shares = [negative, neutral, positive];
  return shares.indexOf(Math.max(...shares));
}
