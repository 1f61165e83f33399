import parsePhoneNumber from "libphonenumber-js/min";

export { formatPhone } from "../../../shared/phone/format-phone.ts";

/** What to dial or store: E.164, or what was typed where it is no number. @param country ISO 3166 for numbers without a prefix */
export function parsePhone(typed: string, country: string): { phone: string; valid: boolean } {
  const parsed = parsePhoneNumber(typed, { defaultCountry: country as "US" });
  return parsed?.isValid() ? { phone: parsed.number, valid: true } : { phone: typed.trim(), valid: false };
}
