import { z } from "zod";
import given from "./emotion-weights.json" with { type: "json" };
import { emotionNames, type Emotion } from "./emotion-words.ts";
import { packedTable, unpacked, type Table } from "./weights.ts";

/** Fewer places than moods have: each emotion has a table of its own, and twice as many told them no better apart. */
export const emotionPlaces = 1 << 14;

const weightsOfEmotion = z.strictObject({
  table: packedTable(emotionPlaces),
  /** What a word of each list adds, by place in `emotionNames`. */
  listed: z.array(z.number()).length(emotionNames.length),
});
/** What `npm run train-sentiment -- --emotions FOLDER` writes: of each emotion how much likelier than none it is. */
export const EmotionWeights = z.strictObject({
  format: z.literal(1),
  emotions: z.record(z.enum(emotionNames), weightsOfEmotion),
  /** How the training was done, for whoever reads the file. */
  trainedOn: z.string(),
});
export type EmotionWeights = z.infer<typeof EmotionWeights>;
export type WeightsOfEmotion = { emotion: Emotion; table: Table; listed: readonly number[] };

let shipped: WeightsOfEmotion[] | null = null;

/** Those that come with Ringside; read once. */
export function shippedEmotions(): readonly WeightsOfEmotion[] {
  shipped ??= readEmotions(EmotionWeights.parse(given));
  return shipped;
}

export function readEmotions({ emotions }: EmotionWeights): WeightsOfEmotion[] {
  return emotionNames.map((emotion) => {
    const { table, listed } = emotions[emotion];
    return { emotion, table: unpacked(table), listed };
  });
}
