/** What a text shows besides being glad or cross. */
export const emotionNames = ["joy", "trust", "anger", "fear", "sadness", "surprise", "confusion"] as const;
export type Emotion = (typeof emotionNames)[number];

// A lexicon of ours, not a trained model: stems of English words, each at the beginning of a word.
const stems: Record<Emotion, string> = {
  joy: "happy glad delight love great wonderful excellent perfect excited thrilled pleased enjoy fantastic awesome",
  trust: "thank appreciat helpful reliab trust recommend honest professional grateful agree",
  anger:
    "angry furious annoy outrag ridiculous unacceptable terrible awful complain rude disgust worst hate scam",
  fear: "worr afraid scared nervous anxious concern risk threat unsafe panic",
  sadness: "sad sorry disappoint unhappy regret miss lost lonely cry upset unfortunate",
  surprise: "surpris unexpected suddenly wow amaz astonish shock unbeliev",
  confusion: "confus unclear puzzl unsure complicated weird strange",
};
const patterns = new Map(
  Object.entries(stems).map(([emotion, list]) => [
    emotion as Emotion,
    new RegExp(String.raw`(?<![\p{L}])(?:${list.replaceAll(" ", "|")})`, "giu"),
  ]),
);
const negated = /(?:\b(?:not|never|no|hardly|without)|n't)\s+(?:\p{L}+\s+){0,2}$/iu;
const reach = 40;

/** Emotions by how often their words stand in a text, most first; "not happy" is none. A lexicon. */
export function emotionsOf(text: string): { emotion: Emotion; words: number }[] {
  return Array.from(patterns, ([emotion, pattern]) => ({
    emotion,
    words: Array.from(text.matchAll(pattern)).filter(
      ({ index }) => !negated.test(text.slice(Math.max(0, index - reach), index)),
    ).length,
  }))
    .filter(({ words }) => words > 0)
    .toSorted((a, b) => b.words - a.words);
}
