/** Longest word that is compared letter by letter. */
const longest = 40;
let before = new Uint8Array(longest + 4);
let last = new Uint8Array(longest + 4);
let row = new Uint8Array(longest + 4);

/**
 * Edits that turn `typed` into `word`: letters added, left out, replaced, or two neighbours swapped, no letter
 * touched twice (optimal string alignment; Damerau 1964). With `asPrefix`, into any beginning of `word`.
 * @returns the number of edits, or `most + 1` where it is more than `most`
 */
export function editDistance(typed: string, word: string, most: number, asPrefix: boolean): number {
  const length = Math.min(word.length, typed.length + most, longest);
  if (typed.length > longest || typed.length - word.length > most) return most + 1;
  if (!asPrefix && word.length - typed.length > most) return most + 1;
  for (let at = 0; at <= length; at += 1) last[at] = at;
  for (let i = 1; i <= typed.length; i += 1) {
    if (fillRow(typed, word, i, length) > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return Math.min(asPrefix ? leastOf(last, length) : (last[length] as number), most + 1);
}

/** @returns the least value of the row: where that is too much, so is everything below */
function fillRow(typed: string, word: string, i: number, length: number): number {
  row[0] = i;
  let least = i;
  const letter = typed.charCodeAt(i - 1);
  for (let j = 1; j <= length; j += 1) {
    const other = word.charCodeAt(j - 1);
    let edits = (last[j - 1] as number) + (letter === other ? 0 : 1);
    edits = Math.min(edits, (last[j] as number) + 1, (row[j - 1] as number) + 1);
    if (i > 1 && j > 1 && letter === word.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === other) {
      edits = Math.min(edits, (before[j - 2] as number) + 1);
    }
    row[j] = edits;
    if (edits < least) least = edits;
  }
  return least;
}

function leastOf(values: Uint8Array, length: number): number {
  let least = values[0] as number;
  for (let at = 1; at <= length; at += 1) least = Math.min(least, values[at] as number);
  return least;
}

/** How many edits are forgiven in a word of this length. */
export function forgivenEdits(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}
