import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { inject } from "vitest";
import { findTemplate, unpackTemplate } from "../../main/replica/database/unpack-template.ts";
import { openPGlite } from "../../main/replica/pglite-storage/index.ts";
import { newRecordId } from "../../shared/entities/id.ts";

/**
 * A PGlite in a folder of its own, with the settings and the empty tables of a replica. Whoever opens it closes it;
 * its files go after the last test of the run.
 */
export async function openTestPGlite(): Promise<PGlite> {
  const folder = join(inject("databases"), newRecordId());
  unpackTemplate(findTemplate(), folder);
  const pglite = await openPGlite(folder);
  if (!pglite.ok) throw pglite.error.cause;
  return pglite.value;
}
