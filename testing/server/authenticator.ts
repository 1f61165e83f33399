import { createOTP } from "@better-auth/utils/otp";

/**
 * An authenticator app.
 * @param secret as it reads it: base32 (RFC 4648), with or without spaces
 * @returns the code of this half minute, or of one later: the clock of a phone may be ahead by one
 */
export function openAuthenticator(secret: string): (ahead?: number) => Promise<string> {
  const otp = createOTP(decodeBase32(secret), { digits: 6, period: 30 });
  return (ahead = 0) => otp.hotp(Math.floor(Date.now() / 30_000) + ahead);
}

export function decodeBase32(text: string): string {
  const bits = [...text.replaceAll(/[=\s]/gu, "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return String.fromCharCode(...(bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
