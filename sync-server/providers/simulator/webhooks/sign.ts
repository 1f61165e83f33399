import { createHmac } from "node:crypto";

/**
 * Twilio's X-Twilio-Signature: base64 of HMAC-SHA1 over the URL and the form's fields, sorted by name,
 * each name with its value and nothing between. A GET has its fields in the URL and none here.
 */
export function signRequest(authToken: string, url: string, fields: Record<string, string>): string {
  const form = Object.keys(fields)
    .toSorted()
    .map((name) => name + fields[name])
    .join("");
  return createHmac("sha1", authToken)
    .update(url + form, "utf8")
    .digest("base64");
}
