// `npm start`: a server with a demo tenant and a desk on it, on this machine. `npm start -- --server URL`: one more desk,
// with a folder of its own, on a server that runs already.
import type { ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildStale, templates } from "./builds.ts";
import { findElectron } from "./electron.ts";
import { root, stopChild } from "./processes.ts";
import { startDesk } from "./start-desk.ts";
import { startDemoServer } from "./start-server.ts";

const { values } = parseArgs({
  allowNegative: true,
  options: {
    shell: { type: "string" },
    open: { type: "boolean", default: true },
    data: { type: "string", default: join(root, "data") },
    port: { type: "string", default: "0" },
    "server-port": { type: "string" },
    server: { type: "string" },
    secrets: { type: "string", default: "keychain" },
  },
});

const running: ChildProcess[] = [];
let stopping: Promise<void> | null = null;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stopAll(0));

try {
  await start();
} catch (error) {
  if (!stopping) console.error(error instanceof Error ? error.message : error);
  await stopAll(1);
}

async function start(): Promise<void> {
  const dataDir = resolve(values.data);
  mkdirSync(dataDir, { recursive: true });
  const electron = chooseElectron(values.shell);
  await buildStale(["renderer", "console", "desktop", "server", ...templates]);

  const serverUrl =
    values.server ?? (await startDemoServer({ dataDir, port: values["server-port"], keep })).url;
  const desk = await startDesk({
    electron,
    built: true,
    dataDir: join(dataDir, values.server === undefined ? "desk" : "second-desk"),
    serverUrl,
    port: values.port,
    open: values.open,
    demo: true,
    secrets: values.secrets,
    keep: (child) => {
      keep(child);
      // The person has quit the desk.
      child.once("exit", () => void stopAll(0));
    },
  });
  console.log(`\n  Desk     ${desk.address}\n  Server   ${serverUrl}\n  Console  ${serverUrl}/console\n`);
  console.log("Ctrl-C stops everything; the next start finds the same data.");
}

/** Null = the localhost shell. Says in one line which shell it is and how to get the other. */
function chooseElectron(shell: string | undefined): string | null {
  if (shell !== undefined && shell !== "electron" && shell !== "localhost") {
    throw new Error(`There is no shell called ${shell}: electron or localhost.`);
  }
  const electron = findElectron();
  if (shell === "electron" && !electron) {
    throw new Error("Electron's binary is not installed: npx install-electron fetches it.");
  }
  const chosen = shell === "localhost" ? null : electron;
  if (chosen)
    console.log("Shell: Electron (npm start -- --shell=localhost shows the desk in a browser instead).");
  else if (electron) console.log("Shell: localhost (npm start without --shell uses Electron).");
  else
    console.log(
      "Shell: localhost, in your browser (npx install-electron fetches Electron, used from then on).",
    );
  return chosen;
}

/** Every child that this start has to take down again. One that ends in good order has done its part. */
function keep(child: ChildProcess): void {
  running.push(child);
  child.once("exit", (code) => {
    if (code !== 0) void stopAll(code ?? 1);
  });
}

/** Desk before server, so that the desk's last edits still find it. */
function stopAll(exitCode: number): Promise<void> {
  return (stopping ??= (async () => {
    for (const child of running.toReversed()) await stopChild(child, 20_000);
    process.exit(exitCode);
  })());
}
