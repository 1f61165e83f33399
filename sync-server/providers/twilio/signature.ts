import { createHash, timingSafeEqual } from "node:crypto";
import { parse } from "node:querystring";
import webhooks from "twilio/lib/webhooks/webhooks.js";

export type Fields = Readonly<Record<string, string | string[]>>;
type Signed = { url: string; contentType: string; body: Buffer; signature: string };

/**
 * Reads the form of a webhook that Twilio has signed with this token. A form is signed with the URL; any other body
 * by its hash, which stands in the URL.
 *
 * @param url as Twilio asked for it, character by character
 * @returns null where the signature is somebody else's
 */
export function readSigned(authToken: string, { url, contentType, body, signature }: Signed): Fields | null {
  if (/^application\/x-www-form-urlencoded\b/iu.test(contentType) || body.length === 0) {
    const fields = { ...parse(body.toString("utf8"), "&", "=", { maxKeys: 500 }) } as Fields;
    return webhooks.validateRequest(authToken, signature, url, fields) ? fields : null;
  }
  const isSigned = webhooks.validateRequest(authToken, signature, url, {}) && isHashOf(url, body);
  return isSigned ? {} : null;
}

/** Over the bytes: as text, bodies that are no UTF-8 would look alike. */
function isHashOf(url: string, body: Buffer): boolean {
  const given = Buffer.from(new URL(url).searchParams.get("bodySHA256") ?? "");
  const expected = Buffer.from(createHash("sha256").update(body).digest("hex"));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
