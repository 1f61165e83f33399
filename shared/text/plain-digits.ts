/** A text with its digits, of whatever script, as ASCII has them. */
export function plainDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, digitOf);
}

/** Each script has its ten one after the other, zero first. */
function digitOf(digit: string): string {
  const plain = digit.normalize("NFKC");
  if (/^\d$/u.test(plain)) return plain;
  const code = plain.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
