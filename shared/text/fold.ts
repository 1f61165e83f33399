/**
 * One spelling for everything that people take for the same word: case, diacritics, width and compatibility forms,
 * Arabic and Hebrew vowel signs, letters that are often typed as another. Works code point by code point, so that
 * the place of a match in the folded text leads back to its place in the original.
 */
export function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase();
  let folded = "";
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

/** `origins[i]` = where the i-th unit of the folded text comes from; one more entry for the end. */
export function foldWithOrigins(text: string): { folded: string; origins: number[] } {
  let folded = "";
  let at = 0;
  const origins: number[] = [];
  for (const character of text) {
    const piece = foldCharacter(character);
    for (let unit = 0; unit < piece.length; unit += 1) origins.push(at);
    folded += piece;
    at += character.length;
  }
  origins.push(at);
  return { folded, origins };
}

/** Signs that stand on letters: Latin and Cyrillic accents, Hebrew points, Arabic vowels and stretching. */
const marks = new RegExp(
  String.raw`[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]`,
  "gu",
);

const alike: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ħ: "h",
  ŋ: "n",
  ς: "σ",
  ى: "ي",
  ة: "ه",
  ٱ: "ا",
  ک: "ك",
  ی: "ي",
  "’": "'",
  "‘": "'",
  ʼ: "'",
  "`": "'",
};

const folds = new Map<string, string>();

function foldCharacter(character: string): string {
  let folded = folds.get(character);
  if (folded === undefined) folds.set(character, (folded = computeFold(character)));
  return folded;
}

function computeFold(character: string): string {
  const lower = character.normalize("NFKD").toLowerCase().normalize("NFKD").replace(marks, "");
  return Array.from(lower, (unit) => alike[unit] ?? westernDigit(unit)).join("");
}

/** ٣ and ۳ are 3: people type numbers with the keyboard that they have. */
function westernDigit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  return unit;
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 126 || code === 96) return false;
  }
  return true;
}
