import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addCapabilities } from "../../sync-server/compose.ts";
import { readConfig } from "../../sync-server/config.ts";
import type { Database } from "../../sync-server/database/index.ts";
import { startServer } from "../../sync-server/server.ts";
import { clientOf, secret, type AuthServer } from "./start-auth-server.ts";

export type Product = Pick<AuthServer, "url" | "db" | "ask" | "signIn" | "routes" | "dataDir" | "close">;

/** The server with everything that it can do, as its users run it; how often it may be asked is no limit here. */
export async function startProduct(db: Database): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), "ringside-product-"));
  const config = readConfig({
    ...{ PORT: "0", LOG_LEVEL: "fatal", DATA_DIR: dataDir, RINGSIDE_SECRET: secret },
    ...{ REQUESTS_PER_MINUTE: "1000000", DEMO_CARRIER_AHEAD: "false", DEMO_PAST_TALKS: "false" },
  });
  const routes: { method: string; url: string }[] = [];
  const server = await startServer(
    config,
    async (context) => {
      context.app.addHook("onRoute", ({ method, url }) => {
        for (const one of [method].flat()) if (!answeredByItself.has(one)) routes.push({ method: one, url });
      });
      return addCapabilities(context, { signInsPerMinute: 1_000_000 });
    },
    { db },
  );
  return {
    ...server,
    ...clientOf(server.url),
    routes,
    dataDir,
    async close() {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What browsers ask before they ask. */
const answeredByItself: ReadonlySet<string> = new Set(["HEAD", "OPTIONS"]);
