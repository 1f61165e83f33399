import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../../dist/console", import.meta.url));

/** The admin console at /console/: a page of its own that asks the same API as everybody. Nothing where it was not built. */
export async function addConsole(app: FastifyInstance): Promise<void> {
  if (!existsSync(built)) return app.log.warn("The admin console is not built: npm run build makes it.");
  await app.register(async (pages) => {
    await pages.register(fastifyStatic, {
      root: built,
      prefix: "/console/",
      // Names of built files change with their content; the page itself must be asked for anew.
      setHeaders: (reply, path) => {
        reply.header(
          "cache-control",
          path.endsWith(".html") ? "no-cache" : "public, max-age=31536000, immutable",
        );
      },
      wildcard: false,
    });
    const options = { schema: { hide: true } } as const;
    pages.get("/console", options, (_request, reply) => reply.redirect("/console/"));
    // Addresses inside the console are its own business.
    pages.get("/console/*", options, (_request, reply) => reply.sendFile("index.html"));
  });
}
