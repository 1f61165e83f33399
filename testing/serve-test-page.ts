import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview, type InlineConfig } from "vite";

export interface TestPage {
  url: string;
  close(): Promise<void>;
}

/** Bundles a page of the tests and serves it on this machine. @param root the folder of its index.html */
export async function serveTestPage(root: string): Promise<TestPage> {
  const outDir = mkdtempSync(join(tmpdir(), "test-page-"));
  const page: InlineConfig = {
    root,
    configFile: false,
    logLevel: "error",
    build: { outDir, emptyOutDir: true, target: "esnext", modulePreload: false },
    preview: { host: "127.0.0.1", port: 0, strictPort: false },
  };
  await build(page);
  const server = await preview(page);
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("the page has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
