import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { bytes } from "./bytes.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** What was drawn of listings. They are not synced: a desk fetches the one that it shows. */
export const listingPictures = pgTable(
  "listing_pictures",
  {
    tenantId: text("tenant_id").notNull(),
    /** Made by the desk that asks for it, so that asking twice draws once. */
    id: text("id").notNull(),
    listingId: text("listing_id").notNull(),
    /** Of those of its listing, from 1. */
    number: integer("number").notNull(),
    mimeType: text("mime_type", {
      enum: ["image/png", "image/jpeg", "image/webp", "image/svg+xml"],
    }).notNull(),
    bytes: bytes("bytes").notNull(),
    by: text("by", { enum: ["rules", "model"] }).notNull(),
    /** By its name in the catalogue; empty = rules. */
    model: text("model").notNull(),
    /** Its line in the audit. */
    requestId: text("request_id").notNull(),
    /** Why no model has drawn it, where one is set up; of the form of an answer's (shared/assistant/server-wire.ts). */
    instead: jsonb("instead"),
    drawnById: text("drawn_by_id").notNull(),
    drawnAt: instant("drawn_at").notNull(),
    /** Since when it is the listing's picture; null = it is not. */
    usedAt: instant("used_at"),
    /** Since when it is the listing's picture no more; null = it is, or never was. */
    unusedSince: instant("unused_since"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("listing_pictures_listing").on(table.tenantId, table.listingId, table.number),
  ],
);
