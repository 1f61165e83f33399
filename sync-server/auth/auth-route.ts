import type { RateLimitOptions } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { sessionPath } from "../../shared/sync/session-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { requireStorable } from "../http/index.ts";
import { requireSameOrigin } from "./same-origin.ts";

/** One endpoint of sign-in: what can be said about it without code. */
export type AuthRoute<P extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = {
  method: "GET" | "POST";
  /** Below `sessionPath`. */
  path: string;
  summary: string;
  /** Null = an empty answer of `status`. */
  answer: A | null;
  status?: 200 | 202 | 204;
  params?: P;
  body?: B;
  /** Needs a session. */
  signedIn?: boolean;
  /** Requests a minute of one address or session, where passwords or codes are checked; unset = the server's limit. */
  perMinute?: number;
};

export type Asked<P, B> = { params: P; body: B; request: FastifyRequest; reply: FastifyReply };

export function addAuthRoute<
  A extends z.ZodType,
  P extends z.ZodType = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
>(
  app: FastifyInstance,
  { method, path, summary, answer, status, params, body, signedIn = false, perMinute }: AuthRoute<P, B, A>,
  handle: (asked: Asked<z.output<P>, z.output<B>>) => Promise<z.input<A> | void>,
): void {
  const done = status ?? (answer === null ? 204 : 200);
  // Types come from the route; the app's compilers check the same schemas at run time.
  app.route({
    method,
    url: sessionPath + path,
    preHandler: [requireSameOrigin, requireStorable],
    ...(perMinute === undefined ? {} : { config: { rateLimit: limitTo(perMinute, signedIn) } }),
    schema: {
      tags: ["sign-in"],
      summary,
      ...(signedIn ? { security: [{ bearer: [] }] } : {}),
      ...(params === undefined ? {} : { params }),
      ...(body === undefined ? {} : { body }),
      response: { [done]: answer ?? z.null(), "4xx": WireError, "5xx": WireError },
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const asked = { params: request.params, body: request.body, request, reply };
      const said = await handle(asked as Asked<z.output<P>, z.output<B>>);
      return reply.status(done).send(answer === null ? null : said);
    },
  });
}

/** Whoever is not signed in is known by their address alone: a cookie or token that nobody checked is theirs to choose. */
function limitTo(perMinute: number, signedIn: boolean): RateLimitOptions {
  const limit = { max: perMinute, timeWindow: "1 minute" };
  return signedIn ? limit : { ...limit, keyGenerator: ({ ip }) => ip };
}
