import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";
import { definePage } from "../../vite.shared.ts";

export interface DeskPage {
  url: string;
  close(): Promise<void>;
}

/** Builds the desk on made-up data and serves it on this machine, every address with the same page. */
export async function serveDeskPage(): Promise<DeskPage> {
  const output = mkdtempSync(join(tmpdir(), "desk-page-"));
  const page = definePage(import.meta.dirname, output);
  await build({ ...page, configFile: false, logLevel: "error" });
  const server = await preview({
    ...page,
    configFile: false,
    logLevel: "error",
    preview: { host: "127.0.0.1", port: 0, strictPort: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("the desk page has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      await server.close();
      rmSync(output, { recursive: true, force: true });
    },
  };
}
