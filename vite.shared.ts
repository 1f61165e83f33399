import { join } from "node:path";
import react from "@vitejs/plugin-react";
import packageJson from "./package.json" with { type: "json" };
import type { UserConfig } from "vite";

/** What the desk's page and the console's page have in common: no inline script or style that a strict CSP refuses. */
export function definePage(folder: string, output: string): UserConfig {
  return {
    root: folder,
    // Routes have paths of their own: assets are found from the root.
    base: "/",
    plugins: [react()],
    publicDir: join(import.meta.dirname, "resources/icons"),
    define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
    build: {
      outDir: output,
      // A page that is open may still want what is there (tools/builds.ts).
      emptyOutDir: false,
      target: "es2024",
      sourcemap: true,
      // Data URLs would need `data:` in more CSP directives than images.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1_500,
    },
  };
}
