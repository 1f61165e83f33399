import { basename, dirname, join } from "node:path";
import { build } from "vite";

/** Builds the preload as a sandboxed window runs it: one CommonJS file. */
export async function buildPreload(file: string): Promise<string> {
  const entry = join(import.meta.dirname, "../../../preload/index.ts");
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      outDir: dirname(file),
      emptyOutDir: false,
      minify: false,
      lib: { entry, formats: ["cjs"], fileName: () => basename(file) },
      rolldownOptions: { external: ["electron"] },
    },
  });
  return file;
}
