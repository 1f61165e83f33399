import type { FastifyBaseLogger } from "fastify";
import { findPgvector, type Database } from "../database/index.ts";
import { findByPgvector } from "./find-by-pgvector.ts";
import { findInPages } from "./find-in-pages.ts";
import type { NearListings } from "./near-listings.ts";

/** By pgvector where the database has it, or lets us make it; else page by page. */
export async function openNearListings(
  db: Database,
  log: Pick<FastifyBaseLogger, "info">,
): Promise<NearListings> {
  const pgvector = await findPgvector(db);
  if (pgvector.state === "ready") return findByPgvector(db);
  if (pgvector.state !== "absent") log.info(pgvector, "pgvector is not used (docs/operations.md)");
  return findInPages(db);
}
