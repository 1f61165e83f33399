import type { FastifyRequest } from "fastify";
import { Refused } from "../http/errors.ts";
import { sessionCookie } from "./cookie.ts";

const harmless: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses what another site makes a browser send. Only cookies need it: a bearer token is not sent by itself.
 * Signing in is covered too, so that nobody is signed in as somebody else without noticing.
 * @throws Refused `forbidden`
 */
export async function requireSameOrigin(request: FastifyRequest): Promise<void> {
  const { origin, authorization, cookie, host } = request.headers;
  if (harmless.has(request.method) || authorization !== undefined) return;
  if (origin === undefined) {
    // Browsers name the origin of every request that is not a plain read; a desk has neither origin nor cookie.
    if (sessionCookie(cookie) === null) return;
  } else if (hostOf(origin) === host) return;
  throw new Refused("forbidden", "This request comes from another site.");
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
