import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { moodOf } from "../../shared/coaching/text/mood.ts";
import { classOf, macroF1 } from "../../tools/sentiment/classes.ts";
import { bootstrap, tellGain } from "./bootstrap.ts";
import type { Evaluation } from "./evaluation.ts";
import { remembering } from "./held-out.ts";
import { ourClass, vaderClass } from "./sentiment.ts";

const Utterances = z.array(
  z.object({
    human_transcript: z.string(),
    emotion: z.object({ negative: z.number(), neutral: z.number(), positive: z.number() }),
  }),
);
/** A mood of one word stands further out than this. */
const moodNeutral = 0.1;

type Said = { text: string; truth: number };
type Guess = (text: string) => number;

const ours = remembering(ourClass);
const others: readonly (readonly [string, Guess])[] = [
  ["VADER", remembering(vaderClass)],
  ["live mood", remembering((text) => classOf(moodOf(text), moodNeutral))],
  ["always neutral", () => 1],
];

/**
 * Real dialogue: what people said on the telephone. The labels are another model's, made from the sound, so this says
 * how far two machines agree and nothing of people; it is here so that nobody claims more. To be reached is the best of
 * what could stand in its place.
 */
export const dialogue: Evaluation = {
  ids: ["eval.sentiment.dialogue"],
  needs: "harper-valley",
  run({ dataDir }) {
    const said = readUtterances(join(dataDir, "harper-valley", "transcript"));
    const value = f1Of(said, ours);
    const ranked = others
      .map(([name, guess]) => ({ name, guess, f1: f1Of(said, guess) }))
      .toSorted((a, b) => b.f1 - a.f1);
    const [best] = ranked;
    if (best === undefined) throw new Error("nothing to compare with");
    const gain = bootstrap(said, (drawn) => f1Of(drawn, ours) - f1Of(drawn, best.guess));
    return [
      {
        ...{ id: "eval.sentiment.dialogue", feature: "sentiment", unit: "x", runs: 1 },
        ...{ data: `harper-valley, ${said.length} utterances`, metric: "F1 of 3 classes", value },
        ...{ reach: `> ${best.f1.toFixed(3)}`, floor: best.f1, ratio: value / best.f1 },
        note: `${ranked.map(({ name, f1 }) => `${name} ${f1.toFixed(3)}`).join(", ")}; ${tellGain(gain)}; labels are a model's`,
      },
    ];
  },
};

function f1Of(said: readonly Said[], guess: Guess): number {
  return macroF1(said.map(({ text, truth }) => ({ guess: guess(text), truth })));
}

function readUtterances(folder: string): Said[] {
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
