// Every table of the database: what drizzle-kit compares with the last migration, and what the isolation
// tests walk through. A table with a `tenant_id` is a tenant table and must be protected by its migration.
export * from "./auth.ts";
export * from "./identity-providers.ts";
export * from "./server.ts";
export * from "./synced.ts";
export * from "./telephony.ts";
export * from "./outbound.ts";
export * from "./recording-imports.ts";
export * from "./ai.ts";
export * from "./scoring.ts";
export * from "./bot.ts";
export * from "./matching.ts";
export * from "./pictures.ts";
