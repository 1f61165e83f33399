import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium } from "@playwright/test";
import { build } from "vite";
import { join } from "node:path";
import { findChromium } from "../../../tools/chromium.ts";
import type { Lab } from "../lab.ts";
import { chromiumArgs } from "../window-blocks.ts";

let bundle: Promise<string> | undefined;

/** @returns ms of a first sync of the lab's leads into RxDB's Dexie storage in real Chromium */
export async function measureDexie(lab: Lab, leads: number): Promise<number> {
  bundle ??= bundlePage();
  const code = await bundle;
  const { token, deviceId } = await lab.signInDevice(`bench-dexie-${Date.now()}`);
  const door = await openDoor(lab.serverUrl, code);
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumArgs,
  });
  try {
    const page = await browser.newPage();
    await page.goto(door.url);
    return await page.evaluate(
      (asked) => (globalThis as unknown as { firstSync(asked: unknown): Promise<number> }).firstSync(asked),
      { token, device: deviceId, leads },
    );
  } finally {
    await browser.close();
    door.close();
  }
}

async function bundlePage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: true,
      lib: { entry: join(import.meta.dirname, "page.ts"), formats: ["es"] },
    },
  });
  const output = (Array.isArray(built) ? built : [built]).flatMap((part) =>
    "output" in part ? part.output : [],
  );
  const chunk = output.find((part) => part.type === "chunk");
  if (chunk?.type !== "chunk") throw new Error("the page was not bundled");
  return chunk.code;
}

/** One origin for the page and the server, so that no browser rule is in the way. */
async function openDoor(serverUrl: string, code: string): Promise<{ url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith("/api/")) return forward(serverUrl, incoming, outgoing);
    const isScript = incoming.url === "/page.js";
    outgoing.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    outgoing.end(isScript ? code : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

function forward(serverUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method = "GET", headers, url = "/" } = incoming;
  const onward = request(
    serverUrl + url,
    { method, headers: { ...headers, host: new URL(serverUrl).host } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  incoming.pipe(onward);
}
