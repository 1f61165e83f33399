import type { TestProject } from "vitest/node";
import { openDatabase } from "../../sync-server/database/index.ts";
import { startCluster, type Cluster } from "./start-cluster.ts";
import { templateDatabase, urlOf } from "./test-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the cluster of this run listens; databases are made from `templateDatabase`. */
    postgresUrl: string;
  }
}

/** Starts one real PostgreSQL for all `*.pg.test.ts` files, with a migrated template database. Returns what stops it. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  await makeTemplate(cluster);
  project.provide("postgresUrl", cluster.url);
  return () => cluster.close();
}

async function makeTemplate({ createDatabase, url }: Cluster): Promise<void> {
  await createDatabase(templateDatabase);
  const db = await openDatabase({ kind: "postgres", url: urlOf(url, templateDatabase), poolSize: 2 });
  await db.close();
}
