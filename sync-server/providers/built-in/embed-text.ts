const size = 512;
const word = /[\p{L}\p{N}\p{M}]+/gu;

/** Whole words say most; parts of them find other forms of a word, and words of scripts without spaces. */
const weights = { word: 1, part: 0.4 };

/**
 * Feature hashing (Weinberger and others 2009) of words and of runs of three letters: each adds to or takes from one
 * of 512 places, so that two texts are near each other as far as they share words.
 * @returns a vector of length one; what has no words at all is its own direction
 */
export function embedText(text: string): Float32Array {
  const features = new Map<string, number>();
  for (const [found] of text.normalize("NFKC").toLowerCase().matchAll(word)) addWord(features, found);
  if (features.size === 0) features.set("", 1);
  const vector = new Float32Array(size);
  for (const [feature, weight] of features) {
    const hashed = hash(feature);
    const place = hashed % size;
    // What is said ten times is not ten times as much what a text is about.
    vector[place] = (vector[place] ?? 0) + Math.sqrt(weight) * (hashed & 0x40000000 ? 1 : -1);
  }
  return unitVector(vector);
}

function addWord(features: Map<string, number>, found: string): void {
  add(features, found, weights.word);
  const letters = [..."<", ...found, ">"];
  for (let at = 0; at + 3 <= letters.length; at++)
    add(features, `#${letters.slice(at, at + 3).join("")}`, weights.part);
}

function add(features: Map<string, number>, feature: string, weight: number): void {
  features.set(feature, (features.get(feature) ?? 0) + weight);
}

/** FNV-1a over UTF-16, and a last mix: its low bits alone would follow the last letter. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  return (state ^ (state >>> 13)) >>> 0;
}

function unitVector(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  // What was added and taken away may be the same.
  return length === 0 ? vector.fill(1 / Math.sqrt(size)) : vector.map((value) => value / length);
}
