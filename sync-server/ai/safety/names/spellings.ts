/** Written together as one letter, or as two: what either may stand for. The letter's own accents may be left out, too. */
const pairs: Readonly<Record<string, { letter: string; base: string }>> = {
  ae: { letter: "æ", base: "a" },
  oe: { letter: "œ", base: "o" },
  ue: { letter: "ü", base: "u" },
  aa: { letter: "å", base: "a" },
};
const written: Readonly<Record<string, string>> = {
  ...{ ä: "ae", æ: "ae", ö: "oe", œ: "oe", ø: "oe", ü: "ue", å: "aa", þ: "th", ß: "ss" },
};
/** Letters with a stroke, which Unicode does not take apart, and the Arabic alef, whose hamza is left out as often. */
const plain: Readonly<Record<string, string>> = {
  ...{ ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", ŧ: "t" },
  ...{ أ: "ا", إ: "ا", آ: "ا" },
};
/** A shorter word with "ue" in it is another one without: Sue, su. */
const shortestPaired = 5;
/** Accents apart from their letter, also the vowels that Hebrew and Arabic may leave out. */
const accents = String.raw`[\u0300-\u036F\u0591-\u05BD\u05BF-\u05C7\u064B-\u065F\u0670]*`;

const accented = accentedByBase();

/**
 * A pattern of all spellings of a word, to be used with the flags `iv`: with accents and without, ü as ue or u, ß as ss.
 * Each letter stands for one or two of a text, so that it takes as long as the word is.
 */
export function anySpellingOf(word: string): string {
  // Of several apostrophes any may be missing: one by one there would be ever more ways.
  const letters =
    word
      .normalize("NFC")
      .toLowerCase()
      .match(/['’]+|./gsu) ?? [];
  let pattern = "";
  for (let at = 0; at < letters.length; at += 1) {
    const [letter = "", next = ""] = letters.slice(at, at + 2);
    const pair = letters.length >= shortestPaired ? pairs[letter + next] : undefined;
    if (pair !== undefined || letter + next === "ss") at += 1;
    pattern += pair ? eitherOf(letter + next, pair.letter, pair.base) : letterOf(letter + next, letter);
  }
  return pattern;
}

function letterOf(two: string, letter: string): string {
  if (/^['’]/u.test(letter)) return `['’]{0,${letter.length}}`;
  if (two === "ss" || letter === "ß") return "(?:ss|ß)";
  const base = baseOf(letter);
  const apart = written[letter];
  return apart === undefined ? anyAccentOf(base) : eitherOf(apart, letter, base);
}

/** One way through each text: with two of them for each of many letters a search would never end. */
function eitherOf(apart: string, letter: string, base: string): string {
  const unlessApart = apart === base + base ? `(?!${apart})` : "";
  return `(?:${apart}|${unlessApart}${anyAccentOf(base, letter)})`;
}

/** @param also another letter that may stand for it */
function anyAccentOf(base: string, also = ""): string {
  const others = (accented.get(base) ?? "") + also;
  const one = others === "" ? RegExp.escape(base) : `[${base}${others}]`;
  return /^\p{L}/u.test(base) ? one + accents : one;
}

/** Of a small letter, the one without accents. */
function baseOf(letter: string): string {
  const bare = /\p{Cased}/u.test(letter) ? letter.normalize("NFD").replaceAll(/\p{M}/gu, "") : letter;
  return plain[bare] ?? bare;
}

/** Latin, Greek, Cyrillic and alefs: small letters with accents by the one without. */
function accentedByBase(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [from, to] of [
    [0xc0, 0x24f],
    [0x370, 0x4ff],
    [0x622, 0x625],
    [0x1e00, 0x1fff],
  ] as const)
    // prettier-ignore
    for (let code = from; code <= to; code += 1) {
      const letter = String.fromCodePoint(code);
      const base = baseOf(letter);
      const isOne = letter === letter.toLowerCase() && base !== letter && base.length === 1;
      if (isOne && /^\p{L}$/u.test(base)) found.set(base, (found.get(base) ?? "") + letter);
    }
  return found;
}
