import { join } from "node:path";
import { defineConfig } from "electron-vite";
import packageJson from "./package.json" with { type: "json" };

const inRoot = (path: string) => join(import.meta.dirname, path);

/** By the names that they have in dist/main; package.json's `main` is the first. */
export const desktopEntries = { index: "main/index.ts", replica: "main/replica/index.ts" };

/** Libraries that find native code and WASM beside them: a package has them as they are. */
export const builtBeside = ["@electric-sql/pglite", "@napi-rs/keyring"];
const pure = Object.keys(packageJson.dependencies).filter((name) => !builtBeside.includes(name));

// main, the replica's process and the preload, as Electron and the localhost shell load them. The page has a build of its own
// (vite.renderer.config.ts), because the localhost shell serves it as well.
//
// `--mode development` (tools/dev.ts): a build beside the other, whose windows show the pages of Vite's server at DEV_PAGES.
export default defineConfig(({ mode }) => {
  const isDev = mode === "development";
  const outDir = (part: string) => inRoot(join(isDev ? "dist/dev" : "dist", part));
  const pages = isDev ? new URL(String(process.env["DEV_PAGES"])).origin : null;
  return {
    main: {
      define: { __DEV_PAGES__: JSON.stringify(pages) },
      build: {
        outDir: outDir("main"),
        emptyOutDir: true,
        sourcemap: true,
        // What is in one file is loaded in a fifth of the time: RxDB alone is two hundred.
        externalizeDeps: { exclude: pure },
        rolldownOptions: {
          input: { index: inRoot(desktopEntries.index), replica: inRoot(desktopEntries.replica) },
          // All in one folder: main finds page and preload from where it stands.
          output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
        },
      },
    },
    preload: {
      build: {
        outDir: outDir("preload"),
        emptyOutDir: true,
        rolldownOptions: {
          input: { index: inRoot("preload/index.ts") },
          // A sandboxed preload is CommonJS and one file.
          output: { format: "cjs", entryFileNames: "[name].cjs" },
        },
      },
    },
  };
});
