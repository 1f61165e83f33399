import { dirname, join, relative } from "node:path";
import { defineConfig, normalizePath, type Plugin } from "vite";

const inRoot = (path: string) => join(import.meta.dirname, path);
const output = inRoot("dist/sync-server");

/** What runs in a process or a thread of its own is started from a file of its own. */
const programs = {
  index: inRoot("sync-server/index.ts"),
  "report-thread": inRoot("sync-server/coaching/report-thread.ts"),
  "simulator-process": inRoot("sync-server/providers/simulator/process.ts"),
  "train-thread": inRoot("sync-server/scoring/train-thread.ts"),
  "words-thread": inRoot("sync-server/telephony/imports/words/words-thread.ts"),
};

// These find native code, WASM or pages beside them.
const ownFiles = ["@electric-sql/pglite", "@fastify/swagger-ui", "@napi-rs/keyring"];

// The sync-server in few files: to find and read two thousand took a third of its start. Migrations, prompts, sounds and
// pages stay where they are.
export default defineConfig({
  plugins: [findFromSources()],
  build: {
    ssr: true,
    outDir: output,
    // A server that runs may still want what is there (tools/builds.ts).
    emptyOutDir: false,
    target: "node24",
    sourcemap: true,
    rolldownOptions: {
      input: programs,
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
  ssr: { noExternal: true, external: ownFiles },
});

/** Lets our modules find files from where their source stands, and programs among those that were built. */
function findFromSources(): Plugin {
  return {
    name: "find-from-sources",
    transform(code, id) {
      if (!id.startsWith(normalizePath(inRoot("sync-server"))) || !code.includes("import.meta.")) return null;
      const place = (path: string) => JSON.stringify(normalizePath(relative(output, path)));
      const places = /new URL\("(\.[^"]+\.ts)", import\.meta\.url\)|import\.meta\.(url|dirname)/gu;
      const found = code.replaceAll(places, (_, started: string | undefined, asked: "url" | "dirname") => {
        if (started) return `new URL("./${nameProgram(id, started)}.js", import.meta.url)`;
        if (asked === "url") return `new URL(${place(id)}, import.meta.url).href`;
        return `(import.meta.dirname + "/" + ${place(dirname(id))})`;
      });
      // No line has moved.
      return { code: found, map: null };
    },
  };
}

function nameProgram(from: string, path: string): string {
  const file = join(dirname(from), path);
  const found = Object.entries(programs).find(([, program]) => program === file);
  if (!found) throw new Error(`${from} starts ${file}, of which vite.server.config.ts makes no program`);
  return found[0];
}
