const longest = 40;

/**
 * The number of a `tel:` link (RFC 3966), null for anything else. It comes from any page of any browser: what it
 * says is shown to the person, and nobody is called before they want it.
 */
export function readTelephoneLink(text: string): string | null {
  if (!/^tel:/iu.test(text)) return null;
  const number =
    decode(text.slice(4))
      .split(";")[0]
      ?.replaceAll(/[\s().\-/]/gu, "") ?? "";
  return number.length <= longest && /^\+?[\d*#]{2,}$/u.test(number) ? number : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
