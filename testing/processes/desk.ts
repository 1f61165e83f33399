import { execFileSync, type ChildProcess } from "node:child_process";
import { WebSocket } from "ws";
import { openSocketPipe, type SocketLike } from "../../renderer/client/socket-pipe.ts";
import { connectClient, type Client } from "../../shared/rpc/client.ts";
import type { AnyQuery, InputOf, OutputOf } from "../../shared/rpc/define.ts";
import { stopChild } from "../../tools/processes.ts";
import { startDesk } from "../../tools/start-desk.ts";

/** A desk as its users run it: main in the localhost shell, the replica in a process of its own. */
export type RunningDesk = {
  /** Opens in any browser; another one after each start. */
  address: string;
  dataDir: string;
  main: ChildProcess;
  /** @throws while main has no replica */
  replicaPid(): number;
  openWindow(): Promise<Client>;
  close(): Promise<void>;
};

export type DeskOptions = {
  serverUrl: string;
  dataDir: string;
  /** False = nobody is signed in on a new folder. */
  demo?: boolean;
  /** Told of main at once, so that it can be stopped, or killed, before the desk is ready. */
  keep?: (main: ChildProcess) => void;
};

/** Starts a desk, from a build that has to be fresh, that signs in as the demo's first agent on a new folder. @throws when main ends before it is ready */
export async function openDesk({ serverUrl, dataDir, demo = true, keep }: DeskOptions): Promise<RunningDesk> {
  let started: ChildProcess | null = null;
  const shell = { electron: null, port: "0", open: false, secrets: "file" } as const;
  const { address } = await startDesk({
    ...shell,
    demo,
    // As `npm start` does.
    program: "dist/main/index.js",
    dataDir,
    serverUrl,
    keep(child) {
      started = child;
      keep?.(child);
    },
  });
  const main = started as ChildProcess | null;
  if (!main) throw new Error("no desk was started");
  return {
    address,
    dataDir,
    main,
    replicaPid: () => childOf(main),
    openWindow: () => openWindow(address),
    close: () => stopChild(main),
  };
}

function childOf({ pid }: ChildProcess): number {
  const children = execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  return Number(children.trim().split("\n")[0]);
}

/** A window without a page: what the renderer's client does, from Node. */
async function openWindow(address: string): Promise<Client> {
  const entered = await fetch(address, { redirect: "manual" });
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const { origin, host } = new URL(address);
  const openSocket = (url: string) => {
    const socket = new WebSocket(url, { headers: { cookie, origin } });
    // A replica that is still starting answers nobody: the pipe tries again.
    socket.on("error", () => {});
    return socket as unknown as SocketLike;
  };
  const pipe = openSocketPipe(`ws://${host}/rpc`, { openSocket });
  const client = connectClient(pipe);
  return {
    ...client,
    close() {
      client.close();
      // Or it would knock for ever where a desk has been.
      pipe.close();
    },
  };
}

/** Waits until a live query gives an answer that fits. @throws with the last answer when none does in time */
export function until<D extends AnyQuery>(
  client: Client,
  query: D,
  input: InputOf<D>,
  fits: (value: OutputOf<D>) => boolean,
  withinMs = 300_000,
): Promise<OutputOf<D>> {
  return new Promise((resolve, reject) => {
    let last: unknown = "nothing";
    const timer = setTimeout(
      () => done(() => reject(new Error(`still ${JSON.stringify(last).slice(0, 500)}`))),
      withinMs,
    );
    const stop = client.watch(query, input, (value) => {
      last = value;
      if (fits(value)) done(() => resolve(value));
    });
    function done(settle: () => void): void {
      clearTimeout(timer);
      // The first answer may come before `watch` has returned.
      queueMicrotask(() => stop());
      settle();
    }
  });
}
