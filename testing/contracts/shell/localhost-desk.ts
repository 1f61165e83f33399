import { fileURLToPath } from "node:url";
import { request } from "node:http";
import { WebSocket } from "ws";
import { openSecrets } from "../../../main/host/secrets/secrets.ts";
import { runDesk } from "../../../main/run-desk.ts";
import { openLocalhostShell } from "../../../main/shell/localhost/localhost-shell.ts";
import { openSocketPipe } from "../../../renderer/client/socket-pipe.ts";
import type { SocketLike } from "../../../renderer/client/socket-pipe.ts";
import type { Page, RunningDesk, ShellUnderTest } from "./shell-contract.ts";

export const echoReplica = fileURLToPath(new URL("echo-replica.ts", import.meta.url));

/** The localhost shell with a browser that is a few lines of HTTP. */
export const localhostUnderTest: ShellUnderTest = {
  name: "localhost",
  missing: null,
  async start(dataDir, pageDir) {
    const desk = await startLocalhostDesk(dataDir, pageDir);
    if (!desk) throw new Error("a desk runs on this folder already");
    return desk;
  },
};

export const testSettings = (dataDir: string) => ({
  dataDir,
  serverUrl: "http://127.0.0.1:9",
  deviceName: "test",
  appVersion: "0",
  demo: false,
});

export interface LocalhostDesk extends RunningDesk {
  /** With the launch token. */
  address: string;
  /** Addresses of the desk itself that were handed to a browser. */
  shown(): Promise<string[]>;
}

/** Null when another desk has the folder. */
export async function startLocalhostDesk(dataDir: string, pageDir: string): Promise<LocalhostDesk | null> {
  const opened: string[] = [];
  const pipes: { close(): void }[] = [];
  const openUrl = async (url: string) => opened.push(url) > 0;
  const shell = openLocalhostShell({ dataDir, pageDir, port: 0, replicaEntry: echoReplica, openUrl });
  if (!(await shell.claimInstance())) return null;
  let ended = false;
  const close = () => shell.close().then(() => void (ended = true));
  const secrets = await openSecrets({ dataDir, place: "file" });
  const replica = runDesk({ ...shell, close }, secrets, testSettings(dataDir), () => {});
  const address = shell.address() ?? "";
  const { origin } = new URL(address);

  const openPath = async (url: string) => {
    const cookie = await enter(url);
    const pipe = openSocketPipe(`${origin.replace("http", "ws")}/rpc`, {
      openSocket: (to) => openSocketQuietly(to, origin, cookie),
    });
    pipes.push(pipe);
    return { pipe, path: async () => shownPath(url), close: async () => pipe.close() };
  };

  return {
    address,
    shown: async () => opened.filter((url) => url.startsWith(origin)),
    notifications: "unsupported",
    opensPhone: false,
    openWindow: () => openPath(address),
    windows: async () =>
      opened
        .filter((url) => url.startsWith(origin))
        .map((url) => ({
          pipe: { request() {}, subscribe: () => () => {} },
          path: async () => shownPath(url),
          close: async () => {},
        })),
    openedOutside: async () => opened.filter((url) => !url.startsWith(origin)),
    fetchPage: async (path) => get(`${origin}${path}`, { cookie: await enter(address) }),
    ended: async () => ended,
    async quit() {
      for (const pipe of pipes.splice(0)) pipe.close();
      await replica.stop();
      await close();
    },
    startAgain: async () => (await startLocalhostDesk(dataDir, pageDir)) !== null,
  };
}

/** Opens an address as a browser does; answers the cookie that it got. */
export async function enter(url: string): Promise<string> {
  const { headers } = await get(url);
  return (headers["set-cookie"] ?? "").split(";")[0] ?? "";
}

/** A refused connection is a `close`, as in a browser; without a listener, ws would throw its `error`. */
function openSocketQuietly(url: string, origin: string, cookie: string): SocketLike {
  const socket = new WebSocket(url, { origin, headers: { cookie } });
  socket.on("error", () => {});
  return socket as unknown as SocketLike;
}

/** A bare GET: the path goes out as it is, and redirects are not followed. */
export function get(url: string, headers: Record<string, string> = {}, rawPath?: string): Promise<Page> {
  const { hostname, port, origin } = new URL(url);
  const path = rawPath ?? (url.slice(origin.length) || "/");
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers }, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += String(chunk)));
      response.on("end", () => {
        const pairs = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(pairs), body });
      });
    });
    asked.once("error", reject);
    asked.end();
  });
}

function shownPath(url: string): string {
  const shown = new URL(url);
  shown.searchParams.delete("token");
  return shown.pathname + shown.search;
}
