import type { Session } from "sip.js";
import { keepTones } from "./keep-tones.ts";
import { handlerOf } from "./sip-media.ts";

const keyForMs = 160;

/** Keys go as tones in the sound (RFC 4733); to whoever takes none there they are told one by one (SIP INFO). */
export function sendDigitsOver(session: Session, digits: string): void {
  const handler = handlerOf(session);
  keepTones(handler?.peerConnection);
  if (handler?.sendDtmf(digits)) return;
  for (const digit of digits) {
    const content = `Signal=${digit}\r\nDuration=${keyForMs}\r\n`;
    const body = { contentDisposition: "render", contentType: "application/dtmf-relay", content };
    // A call that has ended meanwhile takes no keys any more.
    session.info({ requestOptions: { body } }).catch(() => {});
  }
}
