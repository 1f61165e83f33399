import { mkdirSync } from "node:fs";
import { superviseReplica } from "./host/supervise-replica.ts";
import { offerServices } from "./host/offer-services.ts";
import { openSecrets } from "./host/secrets/secrets.ts";
import { log, say } from "./output.ts";
import { readOptions } from "./options.ts";
import type { Options } from "./options.ts";
import type { Shell } from "./shell/shell.ts";
import packageJson from "../package.json" with { type: "json" };

const runsInElectron = process.versions["electron"] !== undefined;
const options = readOptions(process.argv.slice(runsInElectron ? 1 : 2), runsInElectron);
mkdirSync(options.dataDir, { recursive: true });

const shell = await openShell(options);
if (await shell.claimInstance()) await runDesk(shell);
else await shell.close();

async function runDesk(desk: Shell): Promise<void> {
  const secrets = await openSecrets({ dataDir: options.dataDir, place: options.secrets });
  const replica = superviseReplica({
    spawn: () => desk.spawnReplica(),
    settings: {
      dataDir: options.dataDir,
      serverUrl: options.serverUrl,
      deviceName: options.deviceName,
      appVersion: packageJson.version,
      demo: options.demo,
    },
    services: offerServices(desk, secrets, () => void quit()),
    log,
  });
  const quit = async () => {
    await replica.stop();
    await desk.close();
  };
  desk.onQuit(() => void quit());
  desk.onNotificationClick((tag) => replica.notificationClicked({ tag }));
  if (options.open) await desk.openWindow("desk");
  say(`desk ${desk.address() ?? "in its own window"}`);
}

/** Only a shell knows what it needs: the other one is not even loaded. */
async function openShell({ shell, dataDir, port }: Options): Promise<Shell> {
  if (shell === "localhost") {
    const { openLocalhostShell } = await import("./shell/localhost/localhost-shell.ts");
    return openLocalhostShell({ dataDir, port });
  }
  if (!runsInElectron) throw new Error("The Electron shell is started by Electron: use npm start.");
  const { openElectronShell } = await import("./shell/electron/index.ts");
  return openElectronShell({ dataDir });
}
