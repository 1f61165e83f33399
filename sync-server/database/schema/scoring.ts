import { integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { ConversionModel } from "../../../shared/scoring/conversion/model.ts";

/** What of a model's world has changed since it was trained, in words for people; empty = nothing. */
export type Drift = { alerts: string[]; stability: Record<string, number> };

/** Every model of who converts that was trained of a tenant's outcomes; the highest version is the one in use. */
export const conversionModels = pgTable(
  "conversion_models",
  {
    tenantId: text("tenant_id").notNull(),
    version: integer("version").notNull(),
    trainedAt: timestamp("trained_at", { withTimezone: true, precision: 3, mode: "date" }).notNull(),
    model: jsonb("model").$type<ConversionModel>().notNull(),
    drift: jsonb("drift").$type<Drift>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.version] })],
);
