import type { IncomingHttpHeaders } from "node:http";
import { readTelephoneLink } from "../telephone-link.ts";

/** Where a browser brings the `tel:` links that it was told to open here: `/dial?link=tel:…`. */
const dialPath = "/dial";

interface DialRequest {
  /** Null: it is no telephone number. */
  to: string | null;
  /** The same address again, with nothing in it but the number. */
  address: string;
}

/** @param url path and query, as in the request line; null for every other path */
export function readDialRequest(url: string): DialRequest | null {
  const asked = URL.parse(`http://desk${url}`);
  if (asked?.pathname !== dialPath) return null;
  const to = readTelephoneLink(asked.searchParams.get("link") ?? "");
  return { to, address: `${dialPath}?link=${encodeURIComponent(`tel:${to}`)}` };
}

/**
 * A link on another site brings a person here without the desk's cookie, which never goes along from elsewhere. This
 * page has nothing of the desk: it asks for the same address again, from here, and then the cookie decides.
 */
export function comesFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const from = headers["sec-fetch-site"];
  return (from === "cross-site" || from === "same-site") && headers["sec-fetch-dest"] === "document";
}

/** Digits alone come into it, so nothing needs to be escaped. */
export function askAgainPage(address: string): { headers: Record<string, string>; body: string } {
  return {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    },
    body: `<!doctype html><title>Ringside</title><meta http-equiv="refresh" content="0;url=${address}">`,
  };
}
