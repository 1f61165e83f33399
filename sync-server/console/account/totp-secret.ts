/** The secret of an `otpauth://` address in groups of four, to be typed by hand. */
export function secretOf(totpUri: string): string {
  const secret = new URL(totpUri).searchParams.get("secret") ?? "";
  return (secret.match(/.{1,4}/gu) ?? []).join(" ");
}
