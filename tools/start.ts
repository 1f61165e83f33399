// `npm start`: a server with a demo tenant and a desk on it, on this machine. `npm start -- --server URL`: one more desk,
// with a folder of its own, on a server that runs already.
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildStale, templates } from "./builds.ts";
import { stopChild } from "./processes.ts";
import { startDesk } from "./start-desk.ts";
import { startDemoServer } from "./start-server.ts";
import { createStoppable, prepareStart, startOptions } from "./stoppable.ts";

const { values } = parseArgs({
  allowNegative: true,
  options: {
    ...startOptions,
    port: { type: "string", default: "0" },
    server: { type: "string" },
  },
});

const running: ChildProcess[] = [];
// Desk before server, so that the desk's last edits still find it.
const all = createStoppable(async () => {
  for (const child of running.toReversed()) await stopChild(child, 20_000);
});
await all.begin(start);

async function start(): Promise<void> {
  const { dataDir, electron } = prepareStart(values, "npm start");
  await buildStale(["renderer", "console", "desktop", "server", ...templates]);

  const serverUrl =
    values.server ?? (await startDemoServer({ dataDir, port: values["server-port"], keep })).url;
  const desk = await startDesk({
    electron,
    program: "dist/main/index.js",
    dataDir: join(dataDir, values.server === undefined ? "desk" : "second-desk"),
    serverUrl,
    port: values.port,
    open: values.open,
    demo: true,
    secrets: values.secrets,
    keep: (child) => {
      keep(child);
      // The person has quit the desk.
      child.once("exit", () => void all.stop(0));
    },
  });
  console.log(`\n  Desk     ${desk.address}\n  Server   ${serverUrl}\n  Console  ${serverUrl}/console\n`);
  console.log("Ctrl-C stops everything; the next start finds the same data.");
}

/** Every child that this start has to take down again. One that ends in good order has done its part. */
function keep(child: ChildProcess): void {
  running.push(child);
  child.once("exit", (code) => {
    if (code !== 0) void all.stop(code ?? 1);
  });
}
