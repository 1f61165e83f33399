import { join } from "node:path";
import { checkExternalUrl } from "../external-urls.ts";
import type { Shell } from "../shell.ts";
import { hangUp, openDeskServer } from "./desk-server.ts";
import type { DeskServer } from "./desk-server.ts";
import { forkReplica } from "./fork-replica.ts";
import type { ForkedReplica } from "./fork-replica.ts";
import { openOutside } from "./open-outside.ts";
import { openWaitingWindows } from "./waiting-windows.ts";
import { announceDesk, forgetDesk, showRunningDesk } from "./running-desk.ts";

export interface LocalhostOptions {
  dataDir: string;
  /** 0 = any free one. */
  port: number;
  pageDir?: string;
  replicaEntry?: string;
  /** How to show an address to the person; the machine's browser unless a test looks instead. */
  openUrl?: (url: string) => Promise<boolean>;
}

/** Where this is built it stands in dist/main, beside the replica. */
const isBuilt = import.meta.filename.endsWith(".js");
const ourPage = join(import.meta.dirname, isBuilt ? "../renderer" : "../../../dist/renderer");
const ourReplica = join(import.meta.dirname, isBuilt ? "replica.js" : "../../replica/index.ts");

/** `disconnect`: whoever started the desk is gone without a goodbye. */
const endings = ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const;

/** The desk in a browser of this machine: no Electron, the same main, replica and page. */
export function openLocalhostShell(options: LocalhostOptions): Shell {
  const { dataDir, port, pageDir = ourPage, replicaEntry = ourReplica, openUrl = openOutside } = options;
  const waiting = openWaitingWindows(({ socket }) => hangUp(socket, 503));
  let replica: ForkedReplica | null = null;
  let server: DeskServer | null = null;
  const dialListeners = new Set<(to: string) => void>();
  let forgetEndings = () => {};

  const shell: Shell = {
    name: "localhost",
    claimInstance,
    spawnReplica() {
      const forked = forkReplica(replicaEntry);
      forked.onFree(() => waiting.handTo(forked.takeWindow));
      replica = forked;
      return forked;
    },
    async openWindow(kind, path = "/") {
      // A small window beside the desk is a browser's to open, and it does so for a click alone.
      if (kind !== "desk" || !server) return false;
      return openUrl(server.addressForOnce(path));
    },
    // A pop-up is no glass: what lies below it cannot be clicked.
    catchClicks() {},
    // A browser has no keys and no tray.
    setHotkeys: () => [],
    onKey() {},
    setTray() {},
    onPresence() {},
    onDial: (listener) => void dialListeners.add(listener),
    onPower() {},
    // Windows here are tabs: the page hears of it over its pipe, and a browser shows notifications itself.
    reloadWindows() {},
    notify: () => "unsupported",
    takeBack() {},
    onNotificationClick() {},
    async openExternal(text) {
      const url = checkExternalUrl(text);
      return url !== null && (await openUrl(url));
    },
    setTheme() {},
    address: () => server?.address ?? null,
    onQuit(listener) {
      for (const event of endings) process.on(event, listener);
      forgetEndings = () => endings.forEach((event) => process.off(event, listener));
    },
    async close() {
      forgetEndings();
      waiting.drop();
      if (!server) return;
      await forgetDesk(dataDir);
      server.close();
      server = null;
    },
  };
  return shell;

  async function claimInstance(): Promise<boolean> {
    if (await showRunningDesk(dataDir)) return false;
    server = await openDeskServer({
      port,
      pageDir,
      onWindow: (upgrade) => replica?.takeWindow(upgrade) || waiting.add(upgrade),
      onShow: () => void shell.openWindow("desk"),
      onDial: (to) => dialListeners.forEach((tell) => tell(to)),
    });
    await announceDesk(dataDir, { pid: process.pid, address: server.address });
    return true;
  }
}
