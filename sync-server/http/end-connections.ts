import type { FastifyInstance } from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Ends every connection when the server ends: at once those on which nothing was ever asked, which browsers and fetch
 * open ahead, the others with the answer that is under way. Node keeps both open for what might come next, and would
 * wait a minute for it.
 */
export function endConnectionsAtTheEnd(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  let closing = false;
  app.server.on("connection", (socket: Socket) => {
    if (closing) return void socket.destroy();
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  app.server.on("upgrade", ({ socket }: IncomingMessage) => void unused.delete(socket));
  app.server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    unused.delete(socket);
    response.once("finish", () => closing && socket.destroySoon());
  });
  app.addHook("preClose", async () => {
    closing = true;
    for (const socket of unused) socket.destroy();
  });
}
