import { mkdirSync } from "node:fs";
import { openSecrets } from "./host/secrets/secrets.ts";
import { readOptions } from "./options.ts";
import type { Options } from "./options.ts";
import { log, say } from "./output.ts";
import { runDesk } from "./run-desk.ts";
import type { Shell } from "./shell/shell.ts";
import packageJson from "../package.json" with { type: "json" };

const runsInElectron = process.versions["electron"] !== undefined;
const options = readOptions(process.argv.slice(runsInElectron ? 1 : 2), runsInElectron);
mkdirSync(options.dataDir, { recursive: true });

const shell = await openShell(options);
if (await shell.claimInstance()) {
  const secrets = await openSecrets({ dataDir: options.dataDir, place: options.secrets });
  const { dataDir, serverUrl, deviceName, demo } = options;
  runDesk(shell, secrets, { dataDir, serverUrl, deviceName, demo, appVersion: packageJson.version }, log);
  if (options.open) await shell.openWindow("desk");
  // Where it needs a click, the desk asks for it.
  await shell.openWindow("phone");
  say(`desk ${shell.address() ?? "in its own window"}`);
} else {
  say("desk is already open on this folder");
  await shell.close();
}

/** Only a shell knows what it needs: the other one is not even loaded. */
async function openShell({ shell: name, dataDir, port }: Options): Promise<Shell> {
  if (runsInElectron !== (name === "electron")) {
    throw new Error(`The ${name} shell does not start like this: use npm start -- --shell=${name}.`);
  }
  if (name === "localhost") {
    const { openLocalhostShell } = await import("./shell/localhost/localhost-shell.ts");
    return openLocalhostShell({ dataDir, port });
  }
  const { startElectronShell } = await import("./shell/electron/index.ts");
  return startElectronShell({ dataDir });
}
