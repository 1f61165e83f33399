/** Closing marks, and what a full stop may stand in: quotes, brackets, emphasis. */
const ends = /[.!?…؟।]["'”’»)\]*_]*(?=\s|$)|[。！？][”’」』）]*|\n/gu;
/** What ends no sentence though it has a stop: the number of a list, an abbreviation before a name. */
const goesOn = /(?:^|\n)\s*(?:\d{1,3}|\p{L})\.$|(?:^|[\s(])(?:mrs?|ms|dr|prof|st|no|nr|ca|bzw|vs|etc|e\.g|i\.e|z\.b|d\.h)\.$/iu; // prettier-ignore
/** Signs at the end of a text in which the above is found, if it is there. */
const longestGoingOn = 40;

/** The part of a text that ends with a whole sentence or line; empty = there is none. */
export function wholeSentences(text: string): string {
  const found = [...text.matchAll(ends)].toReversed();
  for (const { index, 0: end } of found) {
    const upTo = text.slice(0, index + end.length);
    // No more than that: it would begin at each line break, and read all that stand behind it.
    if (!goesOn.test(upTo.slice(-longestGoingOn))) return upTo.trimEnd();
  }
  return "";
}

/** What was cut somewhere, without the sentence that it was cut in; of one sentence alone, without the word. */
export function cutBack(text: string): string {
  const whole = wholeSentences(text);
  if (whole !== "") return whole;
  return text
    .trimEnd()
    .replace(/\s\S*$/u, "")
    .trimEnd();
}
