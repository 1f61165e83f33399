// `npm run dev`: everything from its sources. The pages reload in the browser as they are edited; server and desk
// start again when a file of theirs changes.
import type { ChildProcess } from "node:child_process";
import { mkdirSync, watch } from "node:fs";
import { join } from "node:path";
import { createServer } from "vite";
import type { ViteDevServer } from "vite";
import { buildStale, templates } from "./builds.ts";
import { root, stopChild } from "./processes.ts";
import { startDesk } from "./start-desk.ts";
import { findFreePort, startDemoServer } from "./start-server.ts";

interface Restartable {
  stop(): Promise<void>;
}

const dataDir = join(root, "data");
mkdirSync(dataDir, { recursive: true });
await buildStale(templates);
// The same for every restart, so that open pages find their way back.
const deskPort = await findFreePort();
const [deskPagePort, consolePagePort] = [await findFreePort(), await findFreePort()];
let serverUrl = "";

const server = await restartOnChange("server", ["sync-server", "shared"], async (keep) => {
  serverUrl = (await startDemoServer({ dataDir, port: undefined, fromSources: true, keep })).url;
});
const pages = await servePages();
const desk = await restartOnChange("desk", ["main", "shared"], async (keep) => {
  const { address } = await startDesk({
    electron: null,
    dataDir: join(dataDir, "desk"),
    serverUrl,
    port: String(deskPort),
    open: false,
    demo: true,
    secrets: "keychain",
    keep,
  });
  // Entering through the page server gives its origin the cookie; the desk behind it sees itself being asked.
  console.log(`  Desk     ${address.replace(`:${deskPort}`, `:${deskPagePort}`)}`);
});
console.log(`  Server   ${serverUrl}\n  Console  http://127.0.0.1:${consolePagePort}/console/`);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stopAll());

/** Starts something now and after each change in its folders; bursts of changes count as one. */
async function restartOnChange(
  name: string,
  folders: string[],
  start: (keep: (child: ChildProcess) => void) => Promise<void>,
): Promise<Restartable> {
  let children: ChildProcess[] = [];
  let timer: NodeJS.Timeout | undefined;
  let turn = Promise.resolve();
  const stop = async () => {
    for (const child of children.splice(0)) await stopChild(child);
  };
  const run = () =>
    start((child) => children.push(child)).catch((error: unknown) =>
      console.error(`${name}: ${String(error)}`),
    );
  const again = async () => {
    console.log(`${name} starts again`);
    await stop();
    await run();
  };
  const watchers = folders.map((folder) =>
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (file === null || !/(?<!\.test)\.ts$/u.test(file) || file.startsWith("console")) return;
      clearTimeout(timer);
      timer = setTimeout(() => (turn = turn.then(again)), 200);
    }),
  );
  await run();
  return {
    async stop() {
      for (const watcher of watchers) watcher.close();
      clearTimeout(timer);
      await turn;
      await stop();
    },
  };
}

/** The pages with hot reload. What is not a page goes on to the desk or the server, as if asked there. */
async function servePages(): Promise<ViteDevServer[]> {
  const behind = (target: string, ws = false) => ({
    target,
    changeOrigin: true,
    ws,
    headers: { origin: target },
  });
  const deskUrl = `http://127.0.0.1:${deskPort}`;
  const deskPage = await createServer({
    configFile: join(root, "vite.renderer.config.ts"),
    server: {
      host: "127.0.0.1",
      port: deskPagePort,
      strictPort: true,
      // The first address carries the token; the desk turns it into a cookie and leads back here.
      proxy: { "/rpc": { ...behind(deskUrl, true), rewriteWsOrigin: true }, "^/\\?token=": behind(deskUrl) },
    },
  });
  const consolePage = await createServer({
    configFile: join(root, "vite.console.config.ts"),
    server: {
      host: "127.0.0.1",
      port: consolePagePort,
      strictPort: true,
      proxy: { "/api": behind(serverUrl, true) },
    },
  });
  return Promise.all([deskPage.listen(), consolePage.listen()]);
}

async function stopAll(): Promise<void> {
  await Promise.all(pages.map((page) => page.close()));
  await desk.stop();
  await server.stop();
  process.exit(0);
}
