import { join } from "node:path";
import { defineConfig } from "vite";
import { definePage } from "./vite.shared.ts";

export default defineConfig({
  ...definePage(join(import.meta.dirname, "sync-server/console"), join(import.meta.dirname, "dist/console")),
  // The sync-server serves it there.
  base: "/console/",
});
