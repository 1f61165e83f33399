import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Database } from "../database/index.ts";

const pingTimeoutMs = 2_000;
const Health = z.strictObject({
  status: z.enum(["ok", "stopping", "unavailable"]),
  database: z.boolean().optional(),
  /** `full`: what is there is read, and nothing is written until there is room. */
  disk: z.enum(["ok", "full"]).optional(),
});

/**
 * `/health/live`: the process answers. `/health`, `/health/ready`: it can also do its work, so a load balancer may
 * send requests here; 503 while the database does not answer and from the moment the server begins to stop.
 */
export function addHealthRoutes(app: FastifyInstance, db: Database, isStopping: () => boolean): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const options = {
    config: { rateLimit: false },
    logLevel: "warn" as const,
    schema: { tags: ["running"], response: { 200: Health, 503: Health } },
  };
  routes.get("/health/live", options, async () => ({ status: "ok" as const }));
  for (const path of ["/health", "/health/ready"]) {
    routes.get(path, options, async (_request, reply) => {
      if (isStopping()) return reply.status(503).send({ status: "stopping" });
      const database = await db.ping(pingTimeoutMs).then(
        () => true,
        () => false,
      );
      return reply
        .status(database ? 200 : 503)
        .send({ status: database ? "ok" : "unavailable", database, disk: db.isFull() ? "full" : "ok" });
    });
  }
}
