import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

export type Fault =
  "none" | "error-500" | "html-page" | "half-a-body" | "slow-drip" | "cut-connections" | "newer-server";

/** A proxy before a real server that misbehaves on command, as those of hotels and companies do. */
export type FaultyProxy = {
  url: string;
  /** Also breaks the streams that are open. */
  behave(fault: Fault): void;
  close(): Promise<void>;
};

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let fault: Fault = "none";
  const server = createServer((incoming, outgoing) => {
    if (fault === "none") return forward(incoming, outgoing);
    misbehave(incoming, outgoing);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  server.on("upgrade", (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    if (fault !== "none") return void socket.destroy();
    const upstream = connect(Number(port), hostname, () => {
      const headers = Object.entries(incoming.headers).map(
        ([name, value]) => `${name}: ${String(value)}\r\n`,
      );
      upstream.write(`GET ${incoming.url ?? "/"} HTTP/1.1\r\n${headers.join("")}\r\n`);
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, stop = false): void {
    const { method, url, headers } = incoming;
    const upstream = request({ hostname, port, method, path: url, headers }, (answer) => {
      // Half a body: the server has done its work, and nobody can read what it said.
      if (stop) return void sendHalf(answer, outgoing);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on("error", () => outgoing.destroy());
    incoming.pipe(upstream);
  }

  function misbehave(incoming: IncomingMessage, outgoing: ServerResponse): void {
    switch (fault) {
      case "error-500":
        return void outgoing.writeHead(500).end("oops");
      case "html-page":
        return void outgoing
          .writeHead(200, { "content-type": "text/html" })
          .end("<!doctype html><title>Welcome to our guest network</title>");
      case "half-a-body":
        return forward(incoming, outgoing, true);
      case "newer-server":
        return void outgoing
          .writeHead(426, { "content-type": "application/json" })
          .end(JSON.stringify({ error: { code: "update-required", message: "Update Ringside." } }));
      case "slow-drip":
        return drip(outgoing);
      default:
        incoming.socket.destroy();
    }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behave(next) {
      fault = next;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendHalf(answer: IncomingMessage, outgoing: ServerResponse): void {
  const parts: Buffer[] = [];
  answer.on("data", (part: Buffer) => parts.push(part));
  answer.on("end", () => {
    const body = Buffer.concat(parts);
    outgoing.writeHead(answer.statusCode ?? 502, { "content-type": "application/json" });
    outgoing.write(body.subarray(0, Math.floor(body.length / 2)));
    outgoing.end();
  });
}

/** A byte at a time, and never to the end. */
function drip(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { "content-type": "application/json", "content-length": "1000000" });
  const timer = setInterval(() => outgoing.write(" "), 100);
  outgoing.on("close", () => clearInterval(timer));
}
