import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { createHash, randomUUID } from "node:crypto";
import type { Registry } from "prom-client";
import type { WebSocket } from "ws";
import { answerErrors, sendError } from "./errors.ts";
import { logOptions, type LogLevel } from "./log.ts";
import { measureRequests } from "./metrics.ts";
import { addReference } from "./reference.ts";
import { endConnectionsAtTheEnd } from "./end-connections.ts";

export type AppConfig = {
  logLevel: LogLevel;
  /** Take the client's address from X-Forwarded-For: only behind a proxy that sets it. */
  trustProxy: boolean;
  /** Requests a minute from one session or, without one, from one address. */
  requestsPerMinute: number;
};

const bodyLimit = 1024 * 1024;
/** A stream message is a hello, a presence or a ping. */
const streamMessageLimit = 64 * 1024;

/** An HTTP server with everything that all capabilities share; they add their routes to it before it listens. */
export async function createApp(config: AppConfig, registry: Registry): Promise<FastifyInstance> {
  const app = Fastify({
    logger: logOptions(config.logLevel),
    trustProxy: config.trustProxy,
    bodyLimit,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: "idle",
    // Addresses that are no addresses meet no route and so no error handler.
    frameworkErrors: sendError,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  endConnectionsAtTheEnd(app);
  measureRequests(app, registry);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  await app.register(helmet, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  await app.register(rateLimit, {
    max: config.requestsPerMinute,
    timeWindow: "1 minute",
    keyGenerator: limitedBy,
  });
  await app.register(websocket, { options: { maxPayload: streamMessageLimit }, errorHandler: endStream });
  await addReference(app);
  return app;
}

/** What a device sent wrong (codes of ws) is no fault of this server. */
function endStream(error: Error & { code?: unknown }, socket: WebSocket, request: FastifyRequest): void {
  const isTheirs = String(error.code).startsWith("WS_ERR_");
  request.log[isTheirs ? "info" : "error"]({ err: error }, "a stream broke");
  socket.terminate();
}

/** People behind one address do not share a limit; a token is never kept as such. */
function limitedBy(request: FastifyRequest): string {
  const credential = request.headers.authorization ?? request.headers.cookie;
  return credential === undefined ? request.ip : createHash("sha256").update(credential).digest("base64");
}
