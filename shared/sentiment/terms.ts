/** What a text is made of, as places in a table of weights and how much each counts. */
export type Terms = { indices: Int32Array; values: Float64Array };

/** 2^16 places: two words in one of them cost little, the table stays at 64 KB. */
export const tableSize = 1 << 16;

const tokens = /https?:\S+|@[\p{L}\p{N}_]+|[\p{L}\p{N}][\p{L}\p{M}\p{N}'-]*|[^\s\p{L}\p{N}]+/gu;
const negators = new Set(
  "not no never none nothing neither nor without hardly barely cannot cant wont dont didnt isnt wasnt doesnt".split(
    " ",
  ),
);
/** A "not" reaches so many words, or to the next stop. */
const negationReach = 4;
const [pairWeight, pieceWeight, length] = [0.7, 0.3, 2];
const [shortestPiece, longestPiece] = [3, 5];

/**
 * Words, pairs of neighbours and pieces of words (3 to 5 letters, so that a slip of the keyboard or a word that was
 * never seen still counts), marked where a "not" stands before; the whole scaled to one length.
 */
export function termsOfText(text: string): Terms {
  const counts = new Map<number, number>();
  const add = (term: string, weight: number) => {
    const index = hash(term) % tableSize;
    counts.set(index, (counts.get(index) ?? 0) + weight);
  };
  let before = "^";
  let negatedFor = 0;
  for (const token of tokensOf(text)) {
    if (/^[.,;:!?]/u.test(token)) negatedFor = 0;
    const mark = negatedFor > 0 ? "not " : "";
    add(`w ${mark}${token}`, 1);
    add(`p ${before} ${token}`, pairWeight);
    if (/^\p{L}/u.test(token)) for (const piece of piecesOf(token)) add(`c ${mark}${piece}`, pieceWeight);
    negatedFor = isNegator(token) ? negationReach : Math.max(0, negatedFor - 1);
    before = token;
  }
  return scaled(counts);
}

function tokensOf(text: string): string[] {
  const plain = text
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("’", "'");
  return Array.from(plain.toLowerCase().matchAll(tokens), ([token]) =>
    token.startsWith("http") ? "<address>" : token.startsWith("@") && token.length > 1 ? "<name>" : token,
  );
}

function* piecesOf(word: string): Generator<string> {
  const framed = `<${word.slice(0, 40)}>`;
  for (let size = shortestPiece; size <= longestPiece; size += 1)
    for (let from = 0; from + size <= framed.length; from += 1) yield framed.slice(from, from + size);
}

function isNegator(token: string): boolean {
  return negators.has(token) || token.endsWith("n't");
}

function scaled(counts: ReadonlyMap<number, number>): Terms {
  const size = Math.hypot(...counts.values()) || 1;
  return {
    indices: Int32Array.from(counts.keys()),
    values: Float64Array.from(counts.values(), (value) => (value / size) * length),
  };
}

/** FNV-1a with a last stir: the same on every machine. */
export function hash(text: string): number {
  let state = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 16_777_619);
  state = Math.imul(state ^ (state >>> 16), 0x85_eb_ca_6b);
  return (state ^ (state >>> 13)) >>> 0;
}
