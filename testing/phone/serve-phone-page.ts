import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { servePage } from "../../main/shell/page-files.ts";
import { channelOverSocket } from "../../main/rpc/socket-channel.ts";
import type { Router } from "../../main/rpc/router.ts";

export interface PhonePage {
  url: string;
  /** Which replica answers the windows; those that are open are cut off from the one before. */
  serve(router: Router): void;
  close(): Promise<void>;
}

/** As make-demo.ts has built them. */
const pages = join(import.meta.dirname, "../../dist/renderer");

/** The desk's pages as the localhost shell serves them, with its policy, in front of a replica of the test's own. */
export async function servePhonePage(): Promise<PhonePage> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  const readPage = servePage(pages, [`ws://127.0.0.1:${port}`]);
  http.on("request", async ({ url = "/" }, response) => {
    const { status, headers, body } = await readPage(new URL(url, "http://desk").pathname);
    response.writeHead(status, headers).end(body);
  });
  const sockets = new WebSocketServer({ server: http, path: "/rpc" });
  let router: Router | null = null;
  sockets.on("connection", (socket) => (router ? router.serve(channelOverSocket(socket)) : socket.close()));
  return {
    url: `http://127.0.0.1:${port}`,
    serve(next) {
      for (const socket of sockets.clients) socket.terminate();
      router = next;
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
