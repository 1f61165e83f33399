/**
 * Takes names, e-mail addresses and numbers out of what leaves the server and puts them back into what returns. The same text
 * has the same placeholder throughout one question, so that a model can tell who is who.
 */
export type Hiding = {
  hide(text: string): string;
  restore(text: string): string;
  /** How many different texts were hidden so far. */
  count(): number;
};

type Kind = "NAME" | "EMAIL" | "NUMBER";

/** Bounded everywhere: what is searched is other people's text. */
const email = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/gu;
/** ISO 13616: two letters, two digits, up to 30 letters and digits, often in groups of four. */
const iban = /(?<![\p{L}\p{N}])\p{Lu}{2}\d{2}(?: ?[\dA-Z]){11,30}(?![\p{L}\p{N}])/gu;
/** Scripts that put no spaces between words: what stands beside a name or a number there is no part of it. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30FC\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
/** Korean writes particles together with the word before them. */
const joiningAfter = String.raw`[\p{L}\p{M}\p{N}]--[${unspaced}\p{Script=Hangul}]`;
/** Arabic and Hebrew write "and", "with" or "to" together with the word that follows. */
const joiningBefore = String.raw`[\p{L}\p{M}\p{N}]--[${unspaced}\p{Script=Arabic}\p{Script=Hebrew}]`;
const joiningNumber = String.raw`[\p{L}\p{M}\p{N}]--[${unspaced}]`;
/** Telephones, cards, accounts and identity numbers as people write them, in digits of any script; a date is none. */
const number = new RegExp(
  String.raw`(?<![[${joiningNumber}].\-])[+＋]?[\(（]?\p{Nd}[\p{Nd}\p{Zs}\(\)（）.\-‐‑‒–－\/]{5,28}\p{Nd}(?![${joiningAfter}])`,
  "gv",
);
const date = /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?=\D|$)/u;
const fewestDigits = 7;
const placeholder = /\[\[(NAME|EMAIL|NUMBER)_(\d{1,5})\]\]/gu;

/** @param names of people and companies, whom no pattern finds; parts of a name are hidden where they are capitalised */
export function hidePersonalData(names: readonly string[]): Hiding {
  const placeholders = new Map<string, string>();
  const texts = new Map<string, string>();
  const patterns = [patternOf(names, "giv"), patternOf(partsOf(names), "gv")];

  function placeholderOf(kind: Kind, text: string): string {
    const known = `${kind} ${text.toLowerCase()}`;
    const made = placeholders.get(known) ?? `[[${kind}_${placeholders.size + 1}]]`;
    placeholders.set(known, made);
    if (!texts.has(made)) texts.set(made, text);
    return made;
  }

  /** A number may follow a date. */
  function hideNumbers(text: string): string {
    return text.replaceAll(number, (found) => {
      const plain = found.replaceAll(/\p{Nd}/gu, digitOf);
      const day = plain.length === found.length ? (date.exec(plain)?.[0].length ?? 0) : 0;
      if (day > 0) return found.slice(0, day) + hideNumbers(found.slice(day));
      return plain.replaceAll(/\D/gu, "").length >= fewestDigits ? placeholderOf("NUMBER", found) : found;
    });
  }

  return {
    hide(text) {
      // What looks like a placeholder of ours was typed by somebody, and stays theirs.
      let hidden = text.replaceAll(/\[(?=\[)/gu, "[ ");
      hidden = hidden.replaceAll(email, (found) => placeholderOf("EMAIL", found));
      for (const pattern of patterns)
        if (pattern) hidden = hidden.replaceAll(pattern, (found) => placeholderOf("NAME", found));
      hidden = hidden.replaceAll(iban, (found) => placeholderOf("NUMBER", found));
      return hideNumbers(hidden);
    },
    restore: (text) => text.replaceAll(placeholder, (found) => texts.get(found) ?? found),
    count: () => placeholders.size,
  };
}

/** Strings at any depth; keys stay. */
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((each) => mapStrings(each, change));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapStrings(each, change)]));
}

/** Whether a placeholder is left that stands for nothing: a model made it up. */
export function hasPlaceholder(text: string): boolean {
  return text.search(placeholder) !== -1;
}

/** The same digit as ASCII has it. Each script has its ten one after the other, zero first. */
function digitOf(digit: string): string {
  const plain = digit.normalize("NFKC");
  if (/^\d$/u.test(plain)) return plain;
  const code = plain.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/** Capitalised words, or words of scripts that know no capitals; of those without spaces also shorter ones. */
const namePart = new RegExp(
  String.raw`^(?:\p{Lu}\p{L}{2,}|[\p{Lo}\p{M}]{3,}|[${unspaced}\p{Script=Hangul}]{2,})$`,
  "v",
);

function partsOf(names: readonly string[]): string[] {
  return names.flatMap((name) => name.split(/[\s,.'’・·-]+/u)).filter((part) => namePart.test(part));
}

/** Longest first: a whole name before its parts. A name may stand in the plural or the genitive ("the Kowalskis"). */
function patternOf(names: readonly string[], flags: string): RegExp | null {
  const wanted = [...new Set(names.map((name) => name.trim()))].filter((name) => name.length > 1);
  if (wanted.length === 0) return null;
  const any = wanted.sort((a, b) => b.length - a.length).map((name) => RegExp.escape(name));
  return new RegExp(`(?<![[${joiningBefore}]\\[_])(?:${any.join("|")})(?=s?(?![[${joiningAfter}]_]))`, flags);
}
