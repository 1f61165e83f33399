import type { Token } from "./tokens.ts";

/** What a text is made of, as places in a table of weights and how much each counts. */
export type Terms = { indices: Int32Array; values: Float64Array };

/** 2^16 places: two words in one of them cost little, the table stays at 64 KB. */
export const tableSize = 1 << 16;

const [pairWeight, pieceWeight, length] = [0.7, 0.3, 2];
const [shortestPiece, longestPiece] = [3, 5];

/**
 * Words, pairs of neighbours and pieces of words (3 to 5 letters, so that a slip of the keyboard or a word that was
 * never seen still counts), marked where a "not" stands before; the whole scaled to one length.
 * @param places how many the table has
 */
export function termsOf(tokens: readonly Token[], places = tableSize): Terms {
  const counts = new Map<number, number>();
  const add = (term: string, weight: number) => {
    const index = hash(term) % places;
    counts.set(index, (counts.get(index) ?? 0) + weight);
  };
  let before = "^";
  for (const { text, denied } of tokens) {
    const mark = denied ? "not " : "";
    add(`w ${mark}${text}`, 1);
    add(`p ${before} ${text}`, pairWeight);
    if (/^\p{L}/u.test(text)) for (const piece of piecesOf(text)) add(`c ${mark}${piece}`, pieceWeight);
    before = text;
  }
  return scaled(counts);
}

function* piecesOf(word: string): Generator<string> {
  const framed = `<${word.slice(0, 40)}>`;
  for (let size = shortestPiece; size <= longestPiece; size += 1)
    for (let from = 0; from + size <= framed.length; from += 1) yield framed.slice(from, from + size);
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
