import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview, type InlineConfig } from "vite";

export interface SdkPage {
  url: string;
  close(): Promise<void>;
}

/** Bundles the page that drives the voice SDK and serves it on this machine. */
export async function serveSdkPage(): Promise<SdkPage> {
  const outDir = mkdtempSync(join(tmpdir(), "sdk-page-"));
  const page: InlineConfig = {
    root: import.meta.dirname,
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
