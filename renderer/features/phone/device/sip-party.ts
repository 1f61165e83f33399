import type { Session, URI } from "sip.js";
import type { OtherSide } from "./device-port.ts";

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
