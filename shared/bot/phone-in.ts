import { normalisePhone } from "../phone/normalise-phone.ts";
import { plainDigits } from "../text/plain-digits.ts";
import { joiningAfter, joiningNumber } from "../text/scripts.ts";
import type { Slot } from "./conversation.ts";

/** Seven to fifteen digits as numbers are written. Days, hours and sums are written so as well: they are told apart below. */
const candidate = new RegExp(String.raw`(?<![${joiningNumber}])[+\(]{0,2}\d[\d\s\(\).\-\/]{5,22}\d(?![${joiningAfter}])`, "gv"); // prettier-ignore

const day = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const year = String.raw`(?:19|20)\d\d`;
const daysAndHours = [
  // A day with its year, in whatever order.
  new RegExp(String.raw`(?<![\d+./-])(?:${year}([./-])${day}\1${day}|${day}([./-])${day}\2${year}|${day}([./])${day}\3\d\d)(?!\d|[./-]\d)`, "gu"), // prettier-ignore
  new RegExp(String.raw`(?<!\d|[\d+] )(?:${year} ${day} ${day}|${day} ${day} ${year})(?! ?\d)`, "gu"),
  // "01.02. - 05.02.", "10.00-12.30", "2026-2027".
  /(?<![\d+./-])\d{1,2}[./]\d{1,2}[./]?\s*[-–]\s*\d{1,2}[./]\d{1,2}(?![./]?\d)/gu,
  new RegExp(String.raw`(?<![\d+./-])${year}\s*[-–/]\s*${year}(?![./-]?\d)`, "gu"),
  // "05.12. 10.30".
  new RegExp(String.raw`(?<![\d+./-])${day}\.${day}\.\s(?:[01]?\d|2[0-3])[.:][0-5]\d(?![./-]?\d)`, "gu"),
];

/** In capitals: "try" and "all" are words. */
const codes = Intl.supportedValuesOf("currency").join("|");
const currency = String.raw`(?:\p{Sc}|\b(?:${codes}|usd|eur|gbp|[Dd]ollars?|[Ee]uros?|[Pp]ounds?)\b)`;
const amount = String.raw`[1-9]\d{0,15}(?:[ .,'’\u00a0\u202f]\d{1,3}(?!\d)){0,6}`;
/** The sign before a sum goes first: in "312 555 0147, EUR 500 000" the number is not a sum. */
const sums = [
  new RegExp(String.raw`${currency}\s?${amount}`, "gu"),
  new RegExp(String.raw`(?<![\d+(] ?)${amount}\s?${currency}`, "gu"),
];
const beforeSum = String.raw`(?<!(?:[\d+]|\d\)|\d ?[./\-]) ?)`;
const inThousands = String.raw`(?:[ .\u00a0\u202f]\d{3}(?!\d))`;
/** With no sign, told by their groups of thousands. */
const sumsInThousands = [
  new RegExp(String.raw`${beforeSum}[1-9]\d{0,2}${inThousands}{1,4}\s?[-–]\s?[1-9]\d{0,2}${inThousands}{1,4}(?! ?\d)`, "gu"), // prettier-ignore
  new RegExp(
    String.raw`${beforeSum}[1-9]\d{0,2}${inThousands}{0,3}[ .\u00a0\u202f]000(?![\s.\/-]{0,3}\d)`,
    "gu",
  ),
  // "5 000 2026"; "312 000 2026" is as likely a number.
  new RegExp(
    String.raw`${beforeSum}[1-9]\d?${inThousands}{0,3}[ .\u00a0\u202f]000(?= ${year}(?! ?\d))`,
    "gu",
  ),
];

/**
 * The telephone number in what somebody says, as they wrote it, in digits that can be dialled; of several the first,
 * empty = none. One with its
 * country is of a possible length. One without could be anybody's from anywhere, so that only its form can be judged.
 * @param asked what the bot waits for: whoever is asked for a number may have one that looks like a sum
 */
export function phoneIn(said: string, asked: Slot | null): string {
  const plain = plainDigits(said).replaceAll(/[＋（）－．／]/gu, (sign) => sign.normalize("NFKC"));
  const isAsked = asked === "contact" || asked === "phone";
  const left = markSums(markDays(plain), isAsked);
  for (const [found] of left.matchAll(candidate)) {
    const number = numberOf(found.trim(), isAsked);
    if (number !== "") return number;
  }
  return "";
}

/** Days and hours that are written as a number could be, marked in a text that stays as long as it is. */
export function markDays(text: string): string {
  return markAll(text, daysAndHours);
}

/**
 * Sums likewise, once days are marked.
 * @param isAsked whoever was asked for a number may have one that looks like a sum without its currency
 */
export function markSums(text: string, isAsked: boolean): string {
  return markAll(text, isAsked ? sums : [...sums, ...sumsInThousands]);
}

/** What is taken out leaves a mark, so that what stood around it does not become one number. */
function markAll(text: string, forms: readonly RegExp[]): string {
  return forms.reduce(
    (left, form) => left.replaceAll(form, (found: string) => "|".repeat(found.length)),
    text,
  );
}

function numberOf(text: string, isAsked: boolean): string {
  if (/^(?:\(?\+|00[1-9])/u.test(text)) return possibleOf(text);
  const digits = digitsOf(text);
  return digits < 7 || digits > 15 || isSpan(text, isAsked) || (!isAsked && isSum(text)) ? "" : text;
}

/** What follows a number may be digits as well: "+1 312 555 0147 10-12". Nobody can dial "(+49)". */
function possibleOf(text: string): string {
  let rest = text.replace(/^\(\+(\d+)\)/u, "+$1");
  while (digitsOf(rest) >= 7 && !normalisePhone(rest, "").ok) rest = rest.replace(/[\s().\-/]*\d+$/u, "");
  return digitsOf(rest) >= 7 ? rest : "";
}

/** "250 000 - 300 000", "1500-2000"; "030 - 123 45 67" is a number. */
function isSpan(text: string, isAsked: boolean): boolean {
  const span = /^[1-9][\d\s.]*?(\s?)-\s?[1-9][\d\s.]*$/u.exec(text);
  if (!span) return false;
  return span[1] !== "" || (!isAsked && /00-.*00$/u.test(text));
}

/** A round number in one piece. */
function isSum(text: string): boolean {
  return /^[1-9]\d{3,5}000$/u.test(text);
}

function digitsOf(text: string): number {
  return text.replaceAll(/\D/gu, "").length;
}
