import { markDays, markSums } from "../../../shared/bot/phone-in.ts";
import { plainDigits } from "../../../shared/text/plain-digits.ts";
import { hasPlaceholder } from "./hide-personal-data.ts";

// What an answer may not hold, whatever was asked for: a link, an address or a telephone number that nobody gave. A model
// that a customer's text talked into something could otherwise send an agent, or an agent's letter, elsewhere.
// A link leads wherever its writer wants, so it must stand in what is ours: instructions, records, what agents said and
// wrote. An e-mail address or a number may be the customer's own, which they are called back at, and may stand in
// anything that the model was told; so may the bare name of a site, as of the portal where the customer found us.

/** What the model was told, as text: all of it, and of that what nobody outside has said or written. */
export type Given = { all: string; ours: string };

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/giu;
const url = /\b(?:https?|ftp|data|javascript|file):[^\s"'<>)\]]{1,2000}|\bwww\.[^\s"'<>)\]]{1,2000}/giu;
/** Without a scheme, as mail and chat programs make links of it all the same. */
const bareDomain =
  /(?<![\p{Script=Latin}\d@._/-])((?:[\p{Script=Latin}\d][\p{Script=Latin}\d-]{0,62}\.){1,5}[a-z]{2,24})(?![\p{Script=Latin}\d@-])(\/[^\s"'<>)\]]{0,2000})?/giu;
const usualEnds = new Set(
  "com net org info biz app dev shop store online site website xyz top club live link click page cloud bank pro mobi vip".split(" "), // prettier-ignore
);
const countries = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
/** Countries' ends that are words in English, German or French and follow a full stop by mistake; "de" is a link more often. */
const endsLikeWords = new Set(
  "ad am as at au be by do er es et im in is it la lu ma me my ne no pa sa se si so su ta to tu un us va vu".split(" "), // prettier-ignore
);
/** As telephones are written that can be nothing else: with a plus before, or in groups as in the United States. */
const surely =
  /(?<!\p{Nd})(?:[+＋]\p{Nd}[\p{Nd}\p{Zs}()（）.‐‑‒–－/-]{4,26}\p{Nd}|[(（]?\p{Nd}{3}[)）]?[\p{Zs}.‐‑‒–－-]\p{Nd}{3}[\p{Zs}.‐‑‒–－-]\p{Nd}{4})(?!\p{Nd})/gu;
/** With a zero before, or nine digits and more: sums have both. */
const maybe = /(?<!\p{Nd})(?:[(（]?[0０][\p{Nd}\p{Zs}()（）.‐‑‒–－/-]{5,26}\p{Nd}|\p{Nd}{9,15})(?!\p{Nd})/gu;
const fewestDigits = 7;

/** @returns what is wrong, in words for the model; null = nothing */
export function findForeignWords(texts: readonly string[], given: Given): string | null {
  for (const text of texts) {
    if (hasPlaceholder(text)) return "it has a placeholder that stands for nothing.";
    if (leaveOutForeign(text, given) !== text)
      return "it has a link, an address or a telephone number that is not in the data.";
  }
  return null;
}

/** The same for words that are shown as they come: what does not belong there is left out. */
export function leaveOutForeign(text: string, given: Given): string {
  const keepOr = (isGiven: boolean, found: string) => (isGiven ? found : leftOut);
  const all = lazily(() => given.all.toLowerCase());
  const ours = lazily(() => given.ours.toLowerCase());
  const digits = lazily(() => digitsIn(given.all));
  return leaveOutNumbers(
    text
      .replaceAll(url, (found) => keepOr(ours().includes(bare(found)), found))
      .replaceAll(email, (found) => keepOr(all().includes(found.toLowerCase()), found))
      .replaceAll(bareDomain, (found, host: string, path: string | undefined) =>
        keepOr(
          !isDomain(host, path !== undefined) || (path === undefined ? all() : ours()).includes(bare(found)),
          found,
        ),
      ),
    (number) => digits().includes(number),
  );
}

const leftOut = "[…]";

/** Of each piece of a stream: what was given is long, and most pieces have nothing to be looked for in it. */
function lazily(make: () => string): () => string {
  let made: string | null = null;
  return () => (made ??= make());
}

/** Without what a link may also be written without, and what ends a sentence. */
function bare(found: string): string {
  return found
    .toLowerCase()
    .replace(/^(?:https?:\/\/)?(?:www\.)?/u, "")
    .replace(/[.,;:!?/]+$/u, "");
}

/** Between words that a full stop joins by mistake, abbreviations and times there are no links. */
function isDomain(host: string, hasPath: boolean): boolean {
  const labels = host.split(".");
  const [name = "", end = ""] = labels.slice(-2);
  if (!/\p{L}/u.test(name)) return false;
  const isOneCase = end === end.toLowerCase() || host === host.toUpperCase();
  if (hasPath) return isOneCase;
  if (usualEnds.has(end.toLowerCase())) return true;
  if (!isOneCase || !isCountry(end)) return false;
  const isUnderUsual =
    labels.length > 2 && (name.toLowerCase() === "co" || usualEnds.has(name.toLowerCase()));
  return isUnderUsual || (name.length > 2 && !endsLikeWords.has(end.toLowerCase()));
}

function isCountry(end: string): boolean {
  return /^[a-z]{2}$/i.test(end) && countries.of(end.toUpperCase()) !== undefined;
}

/** @param isGiven of the last digits of a number: who has it as it is dialled at home may write it as from abroad */
function leaveOutNumbers(text: string, isGiven: (lastDigits: string) => boolean): string {
  const left = leaveOutOf(text, surely, markDays, isGiven);
  return leaveOutOf(left, maybe, (plain) => markSums(markDays(plain), false), isGiven);
}

/** @param mark what is no number, in a text that stays as long as it is */
function leaveOutOf(
  text: string,
  telephone: RegExp,
  mark: (plain: string) => string,
  isGiven: (lastDigits: string) => boolean,
): string {
  const plain = plainDigits(text);
  // Digits of two units, as Adlam has them, have no place in the other text, and are judged as they are.
  const marked = plain.length === text.length ? mark(plain) : text;
  let end = 0;
  let left = "";
  for (const { 0: found, index } of marked.matchAll(telephone)) {
    const number = plainDigits(found).replaceAll(/\D/gu, "");
    if (number.length < fewestDigits || isGiven(number.slice(-fewestDigits))) continue;
    left += text.slice(end, index) + leftOut;
    end = index + found.length;
  }
  return left + text.slice(end);
}

/** All digits of what was given, each number by itself. */
function digitsIn(text: string): string {
  const numbers = plainDigits(text).match(/\d[\d\p{Zs}()（）.\-‐‑‒–－/]*/gu) ?? [];
  return numbers.map((number) => number.replaceAll(/\D/gu, "")).join(" ");
}
