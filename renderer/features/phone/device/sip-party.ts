import type { Session, URI } from "sip.js";
import type { OtherSide } from "./device-port.ts";

/** Written with and without a country's prefix, the last digits are the same. */
const tellingDigits = 7;

/** Who a session is with: as the exchange asserts it (RFC 3325), otherwise as the two machines have said. */
export function otherSideOf({ assertedIdentity, remoteIdentity }: Session): OtherSide {
  const { uri, displayName } = assertedIdentity ?? remoteIdentity;
  return { number: numberOf(uri), name: displayName };
}

/** As it was dialled; whatever an exchange writes that is no such thing is shown as it came. */
export function numberOf({ user = "" }: URI): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

/** Exchanges write one number in several ways, and a call is with one person until it is with another. */
export function isSameParty(one: string, other: string): boolean {
  const [a, b] = [one.replaceAll(/\D/gu, ""), other.replaceAll(/\D/gu, "")];
  if (a.length < tellingDigits || b.length < tellingDigits) return one.toLowerCase() === other.toLowerCase();
  return a.slice(-tellingDigits) === b.slice(-tellingDigits);
}
