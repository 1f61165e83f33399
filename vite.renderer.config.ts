import { join } from "node:path";
import { build, defineConfig, type Plugin } from "vite";
import { definePage } from "./vite.shared.ts";

const renderer = join(import.meta.dirname, "renderer");
const page = definePage(renderer, join(import.meta.dirname, "dist/renderer"));
const pages = { index: join(renderer, "index.html"), phone: join(renderer, "phone.html") };

/** Modules that a page needs before it shows anything. */
const starts = { index: new Set<string>(), phone: new Set<string>() };
const findStarts: Plugin = {
  name: "find-starts",
  buildEnd() {
    for (const [name, entry] of Object.entries(pages) as [keyof typeof pages, string][]) {
      const found = new Set([entry]);
      for (const id of found)
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
      starts[name] = found;
    }
  },
};
const isCommon = (id: string) => starts.index.has(id) && starts.phone.has(id);
const isDesk = (id: string) => starts.index.has(id) && !starts.phone.has(id);

/**
 * The overlay is built for itself, with a copy of what it shares with the desk: cut out of the desk's files, that would
 * be two files more for every start of a desk.
 */
const buildOverlay: Plugin = {
  name: "build-overlay",
  apply: "build",
  async writeBundle({ dir }) {
    const apart = definePage(renderer, dir ?? "");
    await build({
      ...apart,
      configFile: false,
      publicDir: false,
      logLevel: "warn",
      build: {
        ...apart.build,
        emptyOutDir: false,
        rolldownOptions: {
          input: join(renderer, "overlay.html"),
          output: { codeSplitting: false },
        },
      },
    });
  },
};

/**
 * The desk's letters are on their way before its first words are laid out. Asked for only then, they came after the list
 * had been laid out in letters of the system's, which take 50 ms each to find.
 */
const preloadLetters: Plugin = {
  name: "preload-letters",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(_page, { bundle, filename }) {
      if (filename !== pages.index) return [];
      const letters = Object.keys(bundle ?? {}).find((file) =>
        /inter-latin-opsz-normal[^/]*\.woff2$/u.test(file),
      );
      if (letters === undefined) throw new Error("the desk's letters are not among what was built");
      const attrs = { rel: "preload", as: "font", type: "font/woff2", crossorigin: "", href: `/${letters}` };
      return [{ tag: "link", attrs, injectTo: "head" }];
    },
  },
};

// Two pages: the desk, and the phone, which stands while the desk is loaded again. What they start with comes in few
// files: fifty small ones took half a second of a small machine's start (docs/decisions/0023-few-files-to-start.md).
export default defineConfig({
  ...page,
  plugins: [...(page.plugins ?? []), findStarts, buildOverlay, preloadLetters],
  build: {
    ...page.build,
    rolldownOptions: {
      input: pages,
      output: {
        codeSplitting: {
          groups: [
            { name: "common", test: isCommon, priority: 2 },
            { name: "desk", test: isDesk, priority: 1 },
          ],
        },
      },
    },
  },
});
