import { join } from "node:path";
import { defineConfig } from "vite";
import { definePage } from "./vite.shared.ts";

export default defineConfig(
  definePage(join(import.meta.dirname, "renderer"), join(import.meta.dirname, "dist/renderer")),
);
