import { integer, pgTable, primaryKey, real, text } from "drizzle-orm/pg-core";
import { bytes } from "./bytes.ts";

/** Vectors of what is on offer: what their words mean, for comparing it with what somebody wants. */
export const listingVectors = pgTable(
  "listing_vectors",
  {
    tenantId: text("tenant_id").notNull(),
    listingId: text("listing_id").notNull(),
    /** Of the listing, when it was last looked at. */
    rev: integer("rev").notNull(),
    /** Of the words that the vector is of (SHA-256). */
    hash: text("hash").notNull(),
    /** Names the model: vectors of two spaces do not compare. */
    space: text("space").notNull(),
    /** How many numbers it has; 0 = the model takes such words from nobody. */
    size: integer("size").notNull(),
    /** Its numbers, of four bytes each, the least byte first; null where the database orders by `coordinates`. */
    packed: bytes("packed"),
    /** Its numbers where pgvector orders by them; null where they are `packed`, which is read four times as fast. */
    coordinates: real("coordinates").array(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.listingId] })],
);
