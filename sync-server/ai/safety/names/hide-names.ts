import { joiningAfter, joiningBefore, unspaced } from "../../../../shared/text/scripts.ts";
import { anyFormOf, isDeclined } from "./inflections.ts";
import { familyOf, partsOfUnspaced } from "./unspaced.ts";
import { everydayWords, neverAlone, smallWords } from "./words.ts";

/** By name, as their records spell them. */
export type Named = { people: readonly string[]; companies: readonly string[] };

/** What stands for a name: @param spelled as the record has it; @param found as the text has it */
export type PutName = (found: string, spelled: string) => string;

/**
 * Hides names of people and companies whom we know, whatever their case and accents: "Müller" is found as "mueller" and
 * "muller". Whole names are hidden wherever they stand as words of their own, and so are the parts of a person's name,
 * with two exceptions:
 *
 * - A part that is an everyday word as well ("Mark", "Will", "May", "Rose", "Grace"), or has two letters ("Al"), is
 *   hidden where it stands as a name: with a capital, unless a sentence begins so and goes on as with a verb ("Will
 *   you"); before another part of a name that was found ("grace m keller"); after a word that names somebody ("it's
 *   mark", "dear grace", "regards, will", "mrs rose"); before "here" or "speaking" where a sentence begins so; and alone
 *   on a line, as letters are signed. So "mark the date", "you will" and "in may" stay, and "mark rang" in small letters
 *   does as well: whoever reads it learns a word.
 * - A part that says nothing alone ("van", "Mrs", "Caller") is hidden in the whole name only.
 *
 * Russian names are found declined as well ("Петрову"), and stand for the name as its record has it; of Chinese, Japanese
 * and Korean ones that are written in one piece the given name, and the family before a title.
 *
 * Parts of a company's name are words of its trade as often as not: they are hidden with a capital.
 */
export function createNameHider(named: Named): (text: string, put: PutName) => string {
  const people = cleaned(named.people);
  const companies = cleaned(named.companies);
  const parts = new Set(people.flatMap((name) => [...partsOf(name), ...partsOfUnspaced(name)]));
  const whole = [
    ...people.filter((name) => !parts.has(name)).flatMap(ordersOf),
    ...companies.map(straightOf),
  ].filter(({ spelled }) => !isWord(spelled));
  const signed = [...parts].filter(needsSign);
  const ofCompanies = companies.flatMap(partsOf).filter(startsHigh);
  const passes = [
    passOf(whole, () => true),
    passOf([...parts].filter((part) => !needsSign(part)).map(asItIs), isForm),
    passOf(people.flatMap(familyAlone), () => true),
    passOf([...signed, ...ofCompanies].map(asItIs), (part, place) =>
      parts.has(part) ? standsAsName(place) : startsHigh(place.found),
    ),
  ];
  return (text, put) => passes.reduce((hidden, pass) => pass(hidden, put), text);
}

/** A way to write a name, and what the record has. */
type Order = { words: readonly string[]; joint: string; spelled: string; pattern?: string };
type Place = { text: string; at: number; found: string };

function cleaned(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.normalize("NFC").trim()))].filter((name) => name.length > 1);
}

const apart = /[\s,.·・-]+/u;

/** Words of a name that may stand for it: capitalised ones, all where nobody typed a capital, and those of scripts without. */
function partsOf(name: string): string[] {
  const isSmall = name === name.toLowerCase();
  const parts = name.split(apart).filter((part) => (isSmall ? anyPart : namePart).test(part));
  return parts.filter((part) => !neverAlone.has(bare(part)));
}

const caseless = String.raw`[\p{Lo}\p{M}]{3,}|[${unspaced}\p{Script=Hangul}]{2,}`;
const namePart = new RegExp(String.raw`^(?:\p{Lu}[\p{L}\p{M}'’]+|${caseless})$`, "v");
const anyPart = new RegExp(String.raw`^(?:\p{Ll}[\p{L}\p{M}'’]+|${caseless})$`, "v");

function needsSign(part: string): boolean {
  return /^\p{Cased}{2}$/u.test(part) || isWord(part);
}

function isWord(name: string): boolean {
  return [everydayWords, smallWords, neverAlone].some((words) => words.has(bare(name)));
}

function bare(word: string): string {
  return word.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ß", "ss");
}

function startsHigh(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

function asItIs(spelled: string): Order {
  return { words: [spelled], joint: "", spelled };
}

function familyAlone(name: string): Order[] {
  const found = familyOf(name);
  return found ? [{ words: [found.family], joint: "", spelled: found.family, pattern: found.pattern }] : [];
}

/** In small letters a short word that looks like a form of a name is as often another one. */
const longEnough = 6;

function isForm(part: string, { found }: Place): boolean {
  return !isDeclined(part) || startsHigh(found) || part.length >= longEnough || bare(found) === bare(part);
}

/** A name may stand in the plural or the genitive ("the Kowalskis", "mia's"); "don't" is no Don's. */
const ends = String.raw`(?=s?(?![[${joiningAfter}]_]|['’](?!s(?![[${joiningAfter}]]))\p{L}))`;
const between = String.raw`[\s,.·・\-]`;
/** A shorter name might be a word where it is written together: Al So. */
const shortestTogether = 8;

function straightOf(name: string): Order {
  const joint = `${between}{${name.length < shortestTogether ? 1 : 0},3}`;
  return { words: name.split(apart).filter((word) => word !== ""), joint, spelled: name };
}

/** Also without what stands between first and last, and the last before the first. */
function ordersOf(name: string): Order[] {
  const straight = straightOf(name);
  const [first = "", last = ""] = [straight.words.at(0), straight.words.at(-1)];
  if (first === last || /\d/u.test(name)) return [straight];
  const short = partsOf(name).includes(last) ? [{ ...straight, words: [first, last] }] : [];
  return [straight, ...short, { ...straight, words: [last, first], joint: String.raw`,\s{0,2}` }];
}

/** Longest first: a whole name before its parts. */
function passOf(orders: readonly Order[], isName: (spelled: string, place: Place) => boolean) {
  const sorted = orders.toSorted((a, b) => b.words.join().length - a.words.join().length);
  const any = sorted.map(({ words, joint, pattern }) => `(${pattern ?? words.map(anyFormOf).join(joint)})`);
  const exact = new Map(sorted.toSorted(wholeLast).map(({ words, spelled }) => [asWritten(words), spelled]));
  const pattern = new RegExp(`(?<![[${joiningBefore}]\\[_])(?:${any.join("|")})${ends}`, "giv");
  return (text: string, put: PutName): string => {
    if (sorted.length === 0) return text;
    return text.replaceAll(pattern, (found, ...groups) => {
      // Of two whose names are told apart by accents alone, the one that is written so.
      const alike = sorted[groups.findIndex((group) => group !== undefined)]?.spelled ?? found;
      const spelled = exact.get(asWritten(found.split(apart))) ?? alike;
      const at = Number(groups[sorted.length]);
      return isName(spelled, { text, at, found }) ? put(found, spelled) : found;
    });
  };
}

/** A name goes before another one that is shortened to it. */
function wholeLast(a: Order, b: Order): number {
  return Number(isWhole(a)) - Number(isWhole(b));
}

function isWhole({ words, spelled }: Order): boolean {
  return asWritten(words) === asWritten(spelled.split(apart));
}

function asWritten(words: readonly string[]): string {
  return words.join(" ").normalize("NFC").toLowerCase();
}

const looked = 40;
const naming = String.raw`(?:it['’]?s|it is|this is|that['’]?s|i['’]?m|i am|(?:my|his|her|the) name(?:['’]s| is)|name|called|hi|hello|hey|dear|thanks|thank you|thx|cheers|mrs?\.?|ms\.?|miss|dr\.?|ich bin|hier ist|(?:mein )?name ist|hallo|liebe[rs]?|danke|herrn?|frau|je suis|c['’]est|m['’]appelle|bonjour|salut|chère?|merci|madame|monsieur|soy|(?:me )?llamo|hola|querid[oa]|gracias|señora?|sono|(?:mi )?chiamo|ciao|car[oa]|grazie)`;
const closing = String.raw`(?:regards|wishes|yours|sincerely|faithfully|truly|love|best|gr[uü](?:ß|ss)e?|mfg|lg|vg|cordialement|saludos|saluti)`;
const named = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${naming} |${closing}[,.!]?\s{1,3})$`, "iu");
/** "hi will you", "Mark the date": what follows makes a verb of it. */
const goesOn =
  /^ (?:i|you|we|they|he|she|it|there|the|this|that|a|an|my|your|our|be|do|not|have)(?![\p{L}'’])/iu;
const begins = /(?:^|[.!?:,;\n"“„«(]\s?)$/u;
const speaks =
  /^,? (?:here|speaking|again here|hier|am apparat|ici|à l['’]appareil|aquí|al habla|qui)(?!\p{L})/iu;
const aNameFollows = /^ (?:\p{L}\.? )?\[\[NAME_/u;

function standsAsName({ text, at, found }: Place): boolean {
  const before = text.slice(Math.max(0, at - looked), at);
  const after = text.slice(at + found.length, at + found.length + looked);
  const isFirst = begins.test(before);
  if (startsHigh(found) && !(isFirst && (goesOn.test(after) || smallWords.has(bare(found))))) return true;
  if (aNameFollows.test(after)) return true;
  if (named.test(before)) return !goesOn.test(after);
  if (isFirst && speaks.test(after)) return true;
  return /\n[ \t–—-]{0,4}$/u.test(before) && /^[ \t.!]{0,3}(?:\n|$)/u.test(after);
}
