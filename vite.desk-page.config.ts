import { join } from "node:path";
import { defineConfig } from "vite";
import { definePage } from "./vite.shared.ts";

// The desk on made-up data, for looking at screens and for tests of them: no replica, no server.
const page = definePage(
  join(import.meta.dirname, "testing/desk-page"),
  join(import.meta.dirname, "dist/desk-page"),
);

export default defineConfig({ ...page, build: { ...page.build, emptyOutDir: true } });
