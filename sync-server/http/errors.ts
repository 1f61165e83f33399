import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { DiskFull } from "../database/index.ts";
import type { WireError, WireErrorCode } from "../../shared/sync/wire.ts";

/** A refusal that a handler throws to end a request: becomes the `WireError` of the answer. */
export class Refused extends Error {
  readonly code: WireErrorCode;
  readonly details: unknown;
  /** Replaces the status that `code` has by itself. */
  readonly status: number | undefined;

  constructor(code: WireErrorCode, message: string, details?: unknown, status?: number) {
    super(message);
    this.code = code;
    this.details = details;
    this.status = status;
  }
}

const statusOf: Record<WireErrorCode, number> = {
  "bad-request": 400,
  unauthorised: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "scope-changed": 409,
  "too-large": 413,
  "too-many-requests": 429,
  "update-required": 426,
  revoked: 401,
  wiped: 401,
  unavailable: 503,
  internal: 500,
};

/** Every answer that is not 2xx carries a `WireError`; nothing of the server's insides leaves it. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Refused, request, reply) => sendError(error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    sendError(
      new Refused("not-found", `There is nothing at ${request.url.split("?")[0]?.slice(0, 200)}.`),
      request,
      reply,
    ),
  );
}

/** Answers with what went wrong, as a `WireError`. */
export function sendError(
  error: FastifyError | Refused,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const refused = error instanceof Refused ? error : translate(error);
  if (refused.code === "internal") request.log.error({ err: error }, "request failed");
  else request.log.info({ code: refused.code, why: refused.message }, "request refused");
  return reply
    .status(refused.status ?? statusOf[refused.code])
    .type("application/json; charset=utf-8")
    .serializer(JSON.stringify)
    .send(toWire(refused));
}

/** What Fastify, its plugins and the database throw. */
function translate(error: FastifyError): Refused {
  if (error instanceof DiskFull) return new Refused("unavailable", error.message);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const details = error.validation
      .slice(0, 20)
      .map(({ instancePath, message }) => ({ at: instancePath, message }));
    return new Refused(
      "bad-request",
      "The request is not of the form that is described at /reference.",
      details,
    );
  }
  const status = error.statusCode ?? 500;
  if (status === 413) return new Refused("too-large", "The request is too large.");
  if (status === 429) return new Refused("too-many-requests", "Too many requests: wait a little.");
  if (status === 503) return new Refused("unavailable", "The server is stopping or overloaded.");
  if (status >= 400 && status < 500) return new Refused("bad-request", error.message, undefined, status);
  return new Refused(
    "internal",
    "Something went wrong in the server. The request id leads to it in the logs.",
  );
}

function toWire({ code, message, details }: Refused): WireError {
  return { error: details === undefined ? { code, message } : { code, message, details } };
}
