import type { FastifyInstance, FastifyRequest } from "fastify";
import { timingSafeEqual } from "node:crypto";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { Refused } from "./errors.ts";

/** A registry of its own per server, so that two servers in one process (tests) do not mix. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "ringside_" });
  return registry;
}

export function measureRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: "ringside_http_request_seconds",
    help: "Time to answer, by route and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
}

/** Prometheus reads /metrics with a token, or from this machine where none is set. */
export function addMetricsRoute(app: FastifyInstance, registry: Registry, token: string | null): void {
  app.get("/metrics", { schema: { hide: true }, config: { rateLimit: false } }, async (request, reply) => {
    if (!mayRead(request, token)) throw new Refused("forbidden", "Metrics need the server's metrics token.");
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function mayRead(request: FastifyRequest, token: string | null): boolean {
  if (token === null) return ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(request.ip);
  const given = Buffer.from(request.headers.authorization ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
