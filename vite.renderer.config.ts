import { join } from "node:path";
import { defineConfig } from "vite";
import { definePage } from "./vite.shared.ts";

const renderer = join(import.meta.dirname, "renderer");
const page = definePage(renderer, join(import.meta.dirname, "dist/renderer"));

// Two pages: the desk, and the phone, which stands while the desk is loaded again.
export default defineConfig({
  ...page,
  build: {
    ...page.build,
    rolldownOptions: { input: { index: join(renderer, "index.html"), phone: join(renderer, "phone.html") } },
  },
});
