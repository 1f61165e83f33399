import { join } from "node:path";
import { defineConfig } from "electron-vite";

const inRoot = (path: string) => join(import.meta.dirname, path);

// main, the replica's process and the preload as Electron loads them. The page has a build of its own
// (vite.renderer.config.ts), because the localhost shell serves it as well.
export default defineConfig({
  main: {
    build: {
      outDir: inRoot("dist/main"),
      emptyOutDir: true,
      sourcemap: true,
      // Native and WASM packages find their files beside them.
      externalizeDeps: true,
      rolldownOptions: {
        input: { index: inRoot("main/index.ts"), replica: inRoot("main/replica/index.ts") },
        // All in one folder: main finds page and preload from where it stands.
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: inRoot("dist/preload"),
      emptyOutDir: true,
      rolldownOptions: {
        input: { index: inRoot("preload/index.ts") },
        // A sandboxed preload is CommonJS and one file.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
});
