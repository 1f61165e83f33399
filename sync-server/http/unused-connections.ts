import type { FastifyInstance } from "fastify";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/**
 * Closes connections on which nothing was ever asked when the server ends. Browsers and fetch open them ahead; Node
 * takes them for busy and would wait a minute for their first request.
 */
export function closeUnusedAtTheEnd(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  let closing = false;
  app.server.on("connection", (socket: Socket) => {
    if (closing) return void socket.destroy();
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  const use = ({ socket }: IncomingMessage) => void unused.delete(socket);
  app.server.on("request", use);
  app.server.on("upgrade", use);
  app.addHook("preClose", async () => {
    closing = true;
    for (const socket of unused) socket.destroy();
  });
}
