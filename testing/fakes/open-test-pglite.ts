import { rm } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import { afterAll } from "vitest";
import { findTemplate, unpackTemplate } from "../../main/replica/database/unpack-template.ts";
import { openPGlite } from "../../main/replica/pglite-storage/index.ts";
import { makeReplicaFolder } from "./open-test-replica.ts";

const opened: { pglite: PGlite; root: string }[] = [];

// Here and not where it is used: whoever keeps one from test to test could not say when the last has ended.
afterAll(async () => {
  for (const { pglite, root } of opened) {
    if (!pglite.closed) await pglite.close();
    await rm(root, { recursive: true, force: true });
  }
});

/** A PGlite in a folder of its own, with the settings and the empty tables of a replica; gone after the last test. */
export async function openTestPGlite(): Promise<PGlite> {
  const { root, database } = await makeReplicaFolder();
  unpackTemplate(findTemplate(), database);
  const pglite = await openPGlite(database);
  if (!pglite.ok) throw pglite.error.cause;
  opened.push({ pglite: pglite.value, root });
  return pglite.value;
}
