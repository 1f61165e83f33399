import { join } from "node:path";
import * as electron from "electron";
import { openSecrets } from "../../../main/host/secrets/secrets.ts";
import { runDesk } from "../../../main/run-desk.ts";
import { openElectronShell } from "../../../main/shell/electron/electron-shell.ts";

// Entry of a real Electron in the shell tests: the shell as it is, with the echo replica. Built beside both.
const [dataDir = "", pageDir = ""] = process.argv.slice(-2);
const here = import.meta.dirname;
const openedOutside: string[] = [];
// The only thing that is not real: nothing of a test may open on the machine it runs on.
const quietShell = { ...electron.shell, openExternal: async (url: string) => void openedOutside.push(url) };
Object.assign(globalThis, { openedOutside });

const shell = openElectronShell(
  { ...electron, shell: quietShell },
  {
    dataDir,
    pages: { dir: pageDir },
    icon: join(pageDir, "icon.png"),
    preload: join(here, "preload.cjs"),
    replicaEntry: join(here, "replica.js"),
  },
);
if (await shell.claimInstance()) {
  const secrets = await openSecrets({ dataDir, place: "file" });
  const settings = {
    dataDir,
    serverUrl: "http://127.0.0.1:9",
    deviceName: "test",
    appVersion: "0",
    demo: false,
  };
  runDesk(shell, secrets, settings, (line) => void process.stderr.write(`${line}\n`));
  await shell.openWindow("desk");
} else {
  await shell.close();
}
