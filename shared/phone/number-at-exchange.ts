import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/min";
import { isShortNumber } from "../calls/compliance/short-numbers.ts";
import { normalisePhone } from "./normalise-phone.ts";

/**
 * A number as a company's own exchange writes it, as E.164: with + or 00, as people of its country dial it, or with a
 * country's code and nothing before that. What may be read in both of the last two ways is one of its own country, as
 * everything is that people type. What was said stays where it is no whole number: extensions, names, "anonymous".
 * @param country ISO 3166 code
 */
export function numberAtExchange(written: string, country: string): string {
  if (isShortNumber(written)) return written;
  const digits = written.trim().replace(/^00(?=[1-9])/u, "+");
  const [national, international] = [numberOf(digits, country), numberOf(`+${digits}`)];
  if (national?.isValid()) return national.number;
  if (/^\d/u.test(digits) && international?.isValid()) return international.number;
  // Only what says so itself is held to its length alone: any other digits may be those of an extension.
  if (!/^[+0]/u.test(digits)) return written;
  const normal = normalisePhone(digits, country);
  return normal.ok ? normal.e164 : written;
}

function numberOf(digits: string, country?: string) {
  const defaultCountry = country as CountryCode;
  return parsePhoneNumberFromString(digits, { ...(country && { defaultCountry }), extract: false });
}
