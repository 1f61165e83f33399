import type { IpcMainEvent, MessagePortMain, UtilityProcess, WebContents } from "electron";
import { replicaEnvironment } from "../../host/replica-environment.ts";
import type { ReplicaProcess } from "../../host/supervise-replica.ts";
import type { ElectronApi, OwnPages } from "./api.ts";

// As the preload calls them.
const helloChannel = "ringside:hello";
const portChannel = "ringside:port";

/** Starts replicas as utility processes, and gives each window a port to the one that runs: main is not in between. */
export function openReplicaWiring(
  electron: ElectronApi,
  ports: { replicaEntry: string; pages: OwnPages; isOwn: (contents: WebContents) => boolean },
): { spawnReplica(): ReplicaProcess } {
  const { replicaEntry, isOwn } = ports;
  /** Windows whose page has said hello, each time it is loaded. */
  const pages = new Set<WebContents>();
  let accepting: UtilityProcess | null = null;
  electron.ipcMain.on(helloChannel, welcome);
  return { spawnReplica };

  function welcome({ sender, senderFrame }: IpcMainEvent): void {
    if (!isOwn(sender) || senderFrame !== sender.mainFrame || !ports.pages.isOurs(senderFrame.url)) return;
    if (!pages.has(sender)) sender.once("destroyed", () => pages.delete(sender));
    pages.add(sender);
    if (accepting) connect(sender, accepting);
  }

  function spawnReplica(): ReplicaProcess {
    const child = electron.utilityProcess.fork(replicaEntry, [], {
      serviceName: "Ringside replica",
      stdio: "inherit",
      env: replicaEnvironment(),
    });
    child.once("exit", () => {
      if (accepting === child) accepting = null;
      for (const page of pages) page.postMessage(portChannel, null);
    });
    return {
      get pid() {
        return child.pid;
      },
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on("message", listener),
      onExit: (listener) => void child.once("exit", listener),
      acceptWindows() {
        accepting = child;
        for (const page of pages) connect(page, child);
      },
      kill() {
        if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
      },
    };
  }

  function connect(page: WebContents, child: UtilityProcess): void {
    const { port1, port2 }: { port1: MessagePortMain; port2: MessagePortMain } =
      new electron.MessageChannelMain();
    child.postMessage({ t: "window-port" }, [port1]);
    page.postMessage(portChannel, null, [port2]);
  }
}
