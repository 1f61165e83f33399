import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/**
 * What a device holds: the session's random text and its signature. The database keeps only the text, so that a
 * copy of the database is not a bunch of keys.
 */
export function signToken(sessionText: string, secret: string): string {
  return `${sessionText}.${signature(sessionText, secret)}`;
}

/** @returns the session's text, or null when this server never signed it */
export function readToken(token: string, secret: string): string | null {
  const dot = token.lastIndexOf(".");
  if (dot < 1 || token.length > 200) return null;
  const sessionText = token.slice(0, dot);
  const given = Buffer.from(token.slice(dot + 1));
  const wanted = Buffer.from(signature(sessionText, secret));
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? sessionText : null;
}

function signature(sessionText: string, secret: string): string {
  return createHmac("sha256", secret).update(`ringside session ${sessionText}`).digest("base64url");
}

/** For what must be found again but not read: tokens of devices, links, installations. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
