/** Sounds of somebody who looks for a word. */
const hesitations = new Set("um umm uhm uh uhh er erm em eh".split(" "));
/** Words that mean nothing where they stand, mostly. "Like", "so" and "well" mean too much to be counted. */
const empty = new Set("basically literally actually honestly".split(" "));
const pairs = new Set(["you know", "i mean", "sort of", "kind of"]);
/** "Do you know", "what kind of": the pair means what it says. */
const meant = new Set(
  "do did don't didn't if would can could as that let what which some any this what's".split(" "),
);

export function isHesitation(word: string): boolean {
  return hesitations.has(word);
}

/** Whether a folded English word, with the two before it in the same breath, is a filler or ends one. */
export function isFiller(word: string, before: string, twoBefore: string): boolean {
  if (hesitations.has(word) || empty.has(word)) return true;
  return pairs.has(`${before} ${word}`) && !meant.has(twoBefore);
}
