// Words that join others and name nothing; a lexicon of ours.
const joining = new Set(
  `a about after again all also am an and any are as at be because been before being but by can could did do does doing
   don't for from get go got had has have having he her here him his how i i'd i'll i'm i've if in into is it it's its
   just know let like me more most much my no not now of off on one only or other our out over please really she should
   so some such than thank thanks that that's the their them then there these they thing things think this those to too
   up us very want was we well were what when where which while who why will with would yeah yes you you're your`.split(
    /\s+/u,
  ),
);
const longestPhrase = 4;

/**
 * What a text is about, in its own words: runs of words between joining words and stops, those of rare, long company
 * first (Rose and others 2010, "RAKE": degree ÷ frequency, summed). Word lists, no trained model.
 * @param most phrases to give
 */
export function keyPhrasesOf(text: string, most = 5): string[] {
  const runs = runsOf(text);
  const [frequency, degree] = [new Map<string, number>(), new Map<string, number>()];
  for (const run of runs)
    for (const word of run) {
      frequency.set(word, (frequency.get(word) ?? 0) + 1);
      degree.set(word, (degree.get(word) ?? 0) + run.length);
    }
  const weight = (run: readonly string[]) =>
    run.reduce((sum, word) => sum + (degree.get(word) ?? 0) / (frequency.get(word) ?? 1), 0);
  const weights = new Map(runs.map((run) => [run.join(" "), weight(run)]));
  return [...weights]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([phrase]) => phrase);
}

function runsOf(text: string): string[][] {
  const runs: string[][] = [[]];
  for (const [token] of text.toLowerCase().matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*|[^\s\p{L}\p{N}]/gu)) {
    if (!/^[\p{L}\p{N}]/u.test(token) || joining.has(token)) runs.push([]);
    else runs.at(-1)?.push(token);
  }
  return runs.filter(
    (run) => run.length > 0 && run.length <= longestPhrase && run.some((word) => word.length > 2),
  );
}
