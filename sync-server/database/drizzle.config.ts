import { defineConfig } from "drizzle-kit";

// New migration: npx drizzle-kit generate --config sync-server/database/drizzle.config.ts --name what-changes
// Rules that Drizzle cannot express: the same with --custom, then SELECT ringside_protect('table') in it.
export default defineConfig({
  dialect: "postgresql",
  schema: "./sync-server/database/schema/index.ts",
  out: "./sync-server/database/migrations",
});
