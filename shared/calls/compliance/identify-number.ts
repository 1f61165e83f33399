import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";
import { normalisePhone, phoneProblems } from "../../phone/normalise-phone.ts";
import { err, ok, type Result } from "../../result/result.ts";
import type { DialBlock } from "./dial-verdict.ts";
import { isEmergencyNumber, isShortNumber, withoutMarks } from "./short-numbers.ts";

export type CalledNumber = {
  e164: string;
  /** ISO 3166; empty where a number belongs to no country (satellites, +800). */
  country: string;
  /** Of the North American plan; empty elsewhere. */
  areaCode: string;
  costs: "usual" | "premium";
};

/**
 * What a number is. Numbers of a possible length count, also those that no plan has given out: plans change faster
 * than programs, and numbers kept for fiction belong to nobody.
 * @param country ISO 3166 code of numbers that are written without a country
 */
export function identifyNumber(text: string, country: string): Result<CalledNumber, DialBlock> {
  if (isEmergencyNumber(text)) return refuse("emergency-number", "This is an emergency number.");
  if (isShortNumber(text)) return refuse("short-number", shortSentence);
  const normal = normalisePhone(text, country);
  if (!normal.ok) return refuse("not-a-number", `${phoneProblems[normal.problem]}.`);
  return ok(describe(normal.e164, country));
}

/**
 * Digits as few as an extension's that are somebody's whole number in the country, as E.164; null where its plan has given
 * out none such. A length that is merely possible says nothing: Germany's plan lets any four digits be.
 */
export function shortPublicNumber(text: string, country: string): string | null {
  if (isEmergencyNumber(text) || !isShortNumber(text)) return null;
  const defaultCountry = country as CountryCode;
  const parsed = parsePhoneNumberFromString(withoutMarks(text), { defaultCountry, extract: false });
  return parsed?.isValid() ? parsed.number : null;
}

const shortSentence =
  "Short numbers can be called by way of a company's own exchange alone: dial the whole number.";

function describe(e164: string, home: string): CalledNumber {
  const parsed = parsePhoneNumberFromString(e164);
  const type = parsed?.getType();
  // Of several countries behind one prefix, the tenant's own, or the one that the prefix is known for.
  const possible = parsed?.getPossibleCountries() ?? [];
  return {
    e164,
    country: parsed?.country ?? (possible.includes(home as CountryCode) ? home : (possible[0] ?? "")),
    areaCode: e164.startsWith("+1") ? e164.slice(2, 5) : "",
    costs: type === "PREMIUM_RATE" || type === "SHARED_COST" ? "premium" : "usual",
  };
}

function refuse(code: DialBlock["code"], sentence: string): Result<never, DialBlock> {
  return err({ code, sentence, untilMs: null });
}
