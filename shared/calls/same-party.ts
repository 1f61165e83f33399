/** Written with and without a country's prefix, the last digits are the same. */
const tellingDigits = 7;

/** Exchanges write one number in several ways, and a call is with one person until it is with another. */
export function isSameParty(one: string, other: string): boolean {
  const [a, b] = [one.replaceAll(/\D/gu, ""), other.replaceAll(/\D/gu, "")];
  if (a.length < tellingDigits || b.length < tellingDigits) return one.toLowerCase() === other.toLowerCase();
  return a.slice(-tellingDigits) === b.slice(-tellingDigits);
}
