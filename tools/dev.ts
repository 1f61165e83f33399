// `npm run dev`: everything from its sources. Pages reload as they are edited; server and desk (with Electron: main, preload
// and replica) start again when a file of theirs changes.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createServer } from "vite";
import type { ViteDevServer } from "vite";
import { buildDevDesktop, buildStale, templates } from "./builds.ts";
import { root } from "./processes.ts";
import { restartOnChange } from "./restart-on-change.ts";
import type { Watched } from "./restart-on-change.ts";
import { startDesk } from "./start-desk.ts";
import { choosePort, findFreePort, startDemoServer } from "./start-server.ts";
import { createStoppable, prepareStart, startOptions } from "./stoppable.ts";

const { values } = parseArgs({ allowNegative: true, options: startOptions });

const pages: ViteDevServer[] = [];
/** In the order of their starts. */
const programs: Watched[] = [];
// Before Vite listens to signals: it would end this process at once. Desk before server, so that the desk's last edits
// still find it.
const all = createStoppable(async () => {
  await Promise.all(pages.map((page) => page.close()));
  for (const program of programs.toReversed()) await program.stop();
});
await all.begin(start);

async function start(): Promise<void> {
  const { dataDir, electron } = prepareStart(values, "npm run dev");
  await buildStale(templates);
  // The same for every restart, so that open pages find their way back.
  const ports = {
    server: Number(values["server-port"] ?? (await choosePort(dataDir))),
    desk: await findFreePort(),
    deskPage: await findFreePort(),
    consolePage: await findFreePort(),
  };
  if (!all.isStopping()) await keep(watchServer(dataDir, ports.server));
  if (!all.isStopping()) await servePages(ports);
  if (!all.isStopping()) await keep(watchDesk(dataDir, electron, ports));
  if (all.isStopping()) return;
  console.log(`  Server   ${urlOf(ports.server)}\n  Console  ${urlOf(ports.consolePage)}/console/`);
  console.log("\nCtrl-C stops everything; the next start finds the same data.");
}

function keep(program: Watched): Promise<void> {
  programs.push(program);
  return program.started;
}

interface Ports {
  server: number;
  /** Of the localhost shell, behind the page's. */
  desk: number;
  deskPage: number;
  consolePage: number;
}

function watchServer(dataDir: string, port: number): Watched {
  return restartOnChange({
    name: "server",
    folders: ["sync-server", "shared"].map(inRoot),
    async start(keepChild) {
      await startDemoServer({ dataDir, port: String(port), fromSources: true, keep: keepChild });
    },
  });
}

function watchDesk(dataDir: string, electron: string | null, ports: Ports): Watched {
  const pagesUrl = urlOf(ports.deskPage);
  return restartOnChange({
    name: "desk",
    folders: ["main", "shared", ...(electron ? ["preload"] : [])].map(inRoot),
    async start(keepChild) {
      if (electron) await buildDevDesktop(pagesUrl);
      const { address } = await startDesk({
        electron,
        program: electron ? "dist/dev/main/index.js" : "main/index.ts",
        dataDir: join(dataDir, "desk"),
        serverUrl: urlOf(ports.server),
        port: String(ports.desk),
        // A browser would be shown the desk itself, whose pages are those that were built last.
        open: electron !== null && values.open,
        demo: true,
        secrets: values.secrets,
        keep: keepChild,
      });
      // Entering through the page server gives its origin the cookie; the desk behind it sees itself being asked.
      console.log(`  Desk     ${address.replace(urlOf(ports.desk), pagesUrl)}`);
    },
  });
}

/** The pages with hot reload. What is not a page goes on to the desk or the server, as if asked there. */
async function servePages(ports: Ports): Promise<void> {
  const behind = (target: string, ws = false) => ({
    target,
    changeOrigin: true,
    ws,
    headers: { origin: target },
  });
  const serve = async (config: string, port: number, proxy: Record<string, object>) => {
    const server = { host: "127.0.0.1", port, strictPort: true, proxy };
    const page = await createServer({ configFile: join(root, config), server });
    pages.push(page);
    await page.listen();
  };
  const desk = urlOf(ports.desk);
  await serve("vite.renderer.config.ts", ports.deskPage, {
    // The first address carries the token; the desk turns it into a cookie and leads back here.
    "/rpc": { ...behind(desk, true), rewriteWsOrigin: true },
    "^/\\?token=": behind(desk),
  });
  await serve("vite.console.config.ts", ports.consolePage, { "/api": behind(urlOf(ports.server), true) });
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

function inRoot(folder: string): string {
  return join(root, folder);
}
