import parsePhoneNumber from "libphonenumber-js/min";

const cache = new Map<string, string>();
const cacheLimit = 5_000;

/** "+1 312-555-0147", "+44 20 7946 0118"; what cannot be understood stays as it was typed. */
export function formatPhone(phone: string): string {
  const known = cache.get(phone);
  if (known !== undefined) return known;
  const text = readPhone(phone);
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(phone, text);
  return text;
}

function readPhone(phone: string): string {
  const parsed = phone.startsWith("+") ? parsePhoneNumber(phone) : undefined;
  if (!parsed) return phone;
  // In North America the national form has parentheses, which cost room and say nothing beside a country code.
  if (parsed.countryCallingCode === "1")
    return parsed.formatInternational().replace(/^(\+1 \d{3}) (\d{3}) (\d{4})/u, "$1-$2-$3");
  return parsed.formatInternational();
}
