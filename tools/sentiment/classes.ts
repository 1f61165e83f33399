/** A mean rating of people (-4 to 4) this near to 0 is neutral. */
export const neutralUpTo = 0.5;

/** 0 = negative, 1 = neutral, 2 = positive. */
export function classOf(rating: number, upTo = neutralUpTo): number {
  return rating < -upTo ? 0 : rating <= upTo ? 1 : 2;
}

/**
 * Mean over the classes of 2·hits ÷ (2·hits + misses + false alarms); a class that nobody names counts 0.
 * @param classes how many there are, from 0 on
 */
export function macroF1(judged: readonly { guess: number; truth: number }[], classes = 3): number {
  const each = Array.from({ length: classes }, (_, one) => {
    const hits = judged.filter(({ guess, truth }) => guess === one && truth === one).length;
    const wrong = judged.filter(({ guess, truth }) => (guess === one) !== (truth === one)).length;
    return hits === 0 ? 0 : (2 * hits) / (2 * hits + wrong);
  });
  return each.reduce((sum, f1) => sum + f1, 0) / each.length;
}
