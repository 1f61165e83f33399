import {
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
  type PhoneNumber,
} from "libphonenumber-js/min";

export type PhoneProblem = "too-short" | "too-long" | "not-a-number";
export type NormalisedPhone = { ok: true; e164: string } | { ok: false; problem: PhoneProblem };

/** Why a number could not be understood, for people. */
export const phoneProblems: Readonly<Record<PhoneProblem, string>> = {
  "too-short": "Phone has too few digits",
  "too-long": "Phone has too many digits",
  "not-a-number": "Not a phone number",
};

/**
 * The number as E.164. Any number of a possible length counts: numbering plans change faster than programs.
 * @param country ISO 3166 code of numbers that are written without a country
 */
export function normalisePhone(text: string, country: string): NormalisedPhone {
  const typed = text.trim().replace(/^00(?=[1-9])/u, "+");
  const parsed = parsePhoneNumberFromString(typed, {
    defaultCountry: country as CountryCode,
    extract: false,
  });
  if (parsed && (parsed.isPossible() || isFormerLength(parsed))) return { ok: true, e164: parsed.number };
  return { ok: false, problem: problemOf(typed, country) };
}

/** Whether a text has the outline of a phone number: for guessing what a column holds. */
export function looksLikePhone(text: string): boolean {
  const digits = text.replaceAll(/\D/gu, "").length;
  return digits >= 7 && digits <= 15 && /^[+(]?[\d\s()./-]+(?:\s*(?:x|ext\.?)\s*\d+)?$/iu.test(text.trim());
}

/** Benin put 01 before its eight digits in November 2024; files and people still hold the eight. */
const formerLengths: Readonly<Record<string, number>> = { "229": 8 };

function isFormerLength({ countryCallingCode, nationalNumber }: PhoneNumber): boolean {
  return formerLengths[countryCallingCode] === nationalNumber.length;
}

function problemOf(typed: string, country: string): PhoneProblem {
  const problem = validatePhoneNumberLength(typed, country as CountryCode);
  if (problem === "TOO_SHORT") return "too-short";
  return problem === "TOO_LONG" ? "too-long" : "not-a-number";
}
