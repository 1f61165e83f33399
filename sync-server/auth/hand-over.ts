import type { FastifyReply, FastifyRequest } from "fastify";
import type { SignedIn, SignInClient } from "../../shared/sync/session-wire.ts";
import type { Began } from "./begin-session.ts";
import { cookieOf } from "./cookie.ts";
import type { Origin } from "./deps.ts";

/** A desk gets the token in the answer, a browser as a cookie that no script can read. */
export function handOver(
  { token, session }: Began,
  client: SignInClient,
  request: FastifyRequest,
  reply: FastifyReply,
): SignedIn {
  reply.header("cache-control", "no-store");
  if (client.kind === "desk") return { outcome: "signed-in", token, session };
  reply.header("set-cookie", cookieOf(token, isSecure(request), new Date(session.expiresAt)));
  return { outcome: "signed-in", token: null, session };
}

export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === "https";
}

export function originOf(request: FastifyRequest): Origin {
  return { ip: request.ip, userAgent: request.headers["user-agent"] ?? "" };
}
