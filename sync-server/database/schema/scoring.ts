import { integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { ConversionModel } from "../../../shared/scoring/conversion/model.ts";

/** What of a model's world has changed since it was trained, in words for people; empty = nothing. */
export type Drift = {
  alerts: string[];
  /** PSI by name of the feature. */
  stability: Record<string, number>;
  /** How far off probabilities were on average, 0 to 1: of the latest `contacts`, and of those before. Null = too few; earlier versions kept none. */
  calibration?: { before: number; now: number; contacts: number } | null;
};

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
