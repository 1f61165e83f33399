import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { servePage } from "../page-files.ts";
import { askAgainPage, comesFromElsewhere, readDialRequest } from "./dial-page.ts";
import { openGate } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** A WebSocket that was let in, before its handshake. */
export interface AdmittedUpgrade {
  headers: Record<string, string>;
  head: Buffer;
  socket: Socket;
}

export interface DeskServer {
  port: number;
  /** With the launch token: for this person's eyes and browser only. */
  address: string;
  addressForOnce(path: string): string;
  close(): void;
}

export interface DeskServerOptions {
  port: number;
  pageDir: string;
  /** Answers false when there is nobody to take it. */
  onWindow(upgrade: AdmittedUpgrade): boolean;
  /** A second start on this folder asks this desk to come forward. */
  onShow(): void;
  /** Somebody followed a `tel:` link in this browser. */
  onDial(to: string): void;
}

/** Where a second start asks. */
export const showPath = "/show";

/** Serves the desk's page and its connections to this machine, to whoever holds this launch's secret. */
export async function openDeskServer(options: DeskServerOptions): Promise<DeskServer> {
  const { port, pageDir, onWindow } = options;
  const server = createServer({ requestTimeout: 10_000 });
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  const gate = openGate(bound);
  const readPage = servePage(pageDir, [`ws://127.0.0.1:${bound}`]);
  server.on("request", (request, response) => void answer(gate, readPage, options, request, response));
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) =>
    admit(gate, onWindow, request, socket, head),
  );
  const { address, addressForOnce } = gate;
  return { port: bound, address, addressForOnce, close: () => closeServer(server) };
}

async function answer(
  gate: Gate,
  readPage: ReturnType<typeof servePage>,
  { onShow, onDial }: DeskServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, headers, url = "/" } = request;
  const verdict = gate.judge({ method, headers, url, isUpgrade: false });
  const dial = readDialRequest(url);
  if (verdict.let === "out") {
    if (verdict.status !== 401 || !dial?.to || !comesFromElsewhere(headers))
      return refuse(response, verdict.status, verdict.why);
    const again = askAgainPage(dial.address);
    response.writeHead(200, again.headers);
    return void response.end(again.body);
  }
  if (verdict.let === "in-with-cookie") return enter(response, verdict, onShow);
  if (dial) {
    if (dial.to !== null && method === "GET") onDial(dial.to);
    // The desk asks the person; the number does not stay in the address, or loading it again would ask again.
    response.writeHead(303, { location: "/", "cache-control": "no-store" });
    return void response.end();
  }
  const page = await readPage(URL.parse(`http://desk${url}`)?.pathname ?? "/");
  response.writeHead(page.status, { ...page.headers, "content-length": Buffer.byteLength(page.body) });
  response.end(method === "HEAD" ? undefined : page.body);
}

function enter(
  response: ServerResponse,
  { location, cookie }: { location: string; cookie: string },
  onShow: () => void,
): void {
  if (location !== showPath) {
    response.writeHead(303, { location, "set-cookie": cookie, "cache-control": "no-store" });
  } else {
    onShow();
    response.writeHead(204);
  }
  response.end();
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${why}\n`);
}

function admit(
  gate: Gate,
  onWindow: DeskServerOptions["onWindow"],
  { method, headers, url = "/" }: IncomingMessage,
  socket: Socket,
  head: Buffer,
): void {
  // A browser that goes away in the middle of this is nothing to die of.
  socket.on("error", () => socket.destroy());
  const verdict = gate.judge({ method, headers, url, isUpgrade: true });
  if (verdict.let !== "in") return hangUp(socket, verdict.let === "out" ? verdict.status : 401);
  if (url !== "/rpc") return hangUp(socket, 404);
  if (!onWindow({ headers: handshakeHeaders(headers), head, socket })) hangUp(socket, 503);
}

/** What the handshake needs: the cookie stays here. */
function handshakeHeaders(headers: IncomingMessage["headers"]): Record<string, string> {
  const needed = ["connection", "upgrade", "sec-websocket-key", "sec-websocket-version"];
  return Object.fromEntries(needed.map((name) => [name, String(headers[name] ?? "")]));
}

/** Ends a connection before its handshake, as a server does that cannot take it. */
export function hangUp(socket: Socket, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new Error(`Port ${port} is taken by another program.`) : error),
    );
    server.listen({ port, host: "127.0.0.1", exclusive: true }, resolve);
  });
}

/**
 * Does not wait for `close`: a server waits for the process that it handed a socket to, and that one is gone first.
 */
function closeServer(server: Server): void {
  server.close();
  server.closeAllConnections();
}
