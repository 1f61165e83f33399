import { plainDigits } from "../../../shared/text/plain-digits.ts";
import { hasPlaceholder } from "./hide-personal-data.ts";

// What an answer may not hold, whatever was asked for: a link, an address or a telephone number that nobody gave. A model
// that a customer's text talked into something could otherwise send an agent, or an agent's letter, elsewhere.
// A link leads wherever its writer wants, so it must stand in what is ours: instructions, records, what agents said and
// wrote. An e-mail address or a number may be the customer's own, which they are called back at, and may stand in
// anything that the model was told.

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
const day =
  /(?<!\p{Nd})(?:\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}|\p{Nd}{1,2}[./]\p{Nd}{1,2}[./]\p{Nd}{2,4})(?!\p{Nd})/gu;
/** As telephones are written: with a plus or a zero before, in groups as in the United States, or nine digits and more. */
const telephone =
  /(?<!\p{Nd})(?:[+＋]\p{Nd}[\p{Nd}\p{Zs}()（）.‐‑‒–－/-]{4,26}\p{Nd}|[(（]?[0０][\p{Nd}\p{Zs}()（）.‐‑‒–－/-]{5,26}\p{Nd}|[(（]?\p{Nd}{3}[)）]?[\p{Zs}.‐‑‒–－-]\p{Nd}{3}[\p{Zs}.‐‑‒–－-]\p{Nd}{4}|\p{Nd}{9,15})(?!\p{Nd})/gu;
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
        keepOr(!isDomain(host, path !== undefined) || ours().includes(bare(found)), found),
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
  return usualEnds.has(end.toLowerCase()) || (end.length === 2 && name.length > 2 && isOneCase);
}

/** @param isGiven of the last digits of a number: who has it as it is dialled at home may write it as from abroad */
function leaveOutNumbers(text: string, isGiven: (lastDigits: string) => boolean): string {
  // A day is no number, and may stand right before one.
  const days = [...text.matchAll(day)].map(([found]) => found);
  const parts = text.split(day);
  return parts
    .map((part) =>
      part.replaceAll(telephone, (found) => {
        const number = plainDigits(found).replaceAll(/\D/gu, "");
        return number.length < fewestDigits || isGiven(number.slice(-fewestDigits)) ? found : leftOut;
      }),
    )
    .reduce((whole, part, at) => whole + (days[at - 1] ?? "") + part);
}

/** All digits of what was given, each number by itself. */
function digitsIn(text: string): string {
  const numbers = plainDigits(text).match(/\d[\d\p{Zs}()（）.\-‐‑‒–－/]*/gu) ?? [];
  return numbers.map((number) => number.replaceAll(/\D/gu, "")).join(" ");
}
