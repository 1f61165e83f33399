import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

const server: WebSocketServer = new WebSocketServer({ host: "127.0.0.1", port: 0 });
server.on("listening", () => process.send?.((server.address() as AddressInfo).port));
server.on("connection", (sender) => {
  sender.on("message", (data) => {
    for (const socket of server.clients) if (socket !== sender) socket.send(String(data));
  });
});
