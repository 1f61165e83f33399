/** Splits folded text (shared/text/fold.ts) into the words that the index knows. */

const longestWord = 40;
/** Scripts that put no spaces between words: every ending of a run is a word, so that any part can be found. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const longestEnding = 12;
const firstUnspacedCode = 0x0e00;

export type WordSpan = { word: string; start: number; end: number };

/** Words with their places in the text, as they stand there. */
export function wordSpans(folded: string): WordSpan[] {
  const spans: WordSpan[] = [];
  let start = -1;
  for (let at = 0; at <= folded.length; at += 1) {
    const inside = at < folded.length && isWordUnit(folded.charCodeAt(at), folded, at);
    if (inside && start === -1) start = at;
    if (inside || start === -1) continue;
    spans.push({ word: folded.slice(start, Math.min(at, start + longestWord)), start, end: at });
    start = -1;
  }
  return spans;
}

/** Every form under which a text's words are looked up: O'Rourke also as orourke, Al-Sayed also as alsayed. */
export function indexWords(folded: string, take: (word: string, isFirst: boolean) => void): void {
  const spans = wordSpans(folded);
  spans.forEach(({ word, start }, at) => {
    take(word, at === 0);
    if (word.charCodeAt(word.length - 1) >= firstUnspacedCode && unspaced.test(word)) takeEndings(word, take);
    const before = spans[at - 1];
    if (before?.end === start - 1 && isJoiner(folded.charCodeAt(start - 1))) {
      take((before.word + word).slice(0, longestWord), at === 1);
    }
  });
}

function takeEndings(word: string, take: (word: string, isFirst: boolean) => void): void {
  for (let start = 1; start < word.length; start += 1) take(word.slice(start, start + longestEnding), false);
}

function isJoiner(code: number): boolean {
  return code === 39 || code === 45;
}

const wordCharacter = /[\p{L}\p{N}\p{M}]/u;
const known = new Map<number, boolean>();

function isWordUnit(code: number, text: string, at: number): boolean {
  if (code < 128)
    return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
  if (code >= 0xd800 && code <= 0xdfff) return isSurrogateOfWord(text, at);
  let inside = known.get(code);
  if (inside === undefined) known.set(code, (inside = wordCharacter.test(String.fromCharCode(code))));
  return inside;
}

function isSurrogateOfWord(text: string, at: number): boolean {
  const isLow = text.charCodeAt(at) >= 0xdc00;
  return wordCharacter.test(text.slice(isLow ? at - 1 : at, isLow ? at + 1 : at + 2));
}
