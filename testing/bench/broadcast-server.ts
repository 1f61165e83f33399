import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0 }, () =>
  process.send?.((server.address() as AddressInfo).port),
);
server.on("connection", (sender) => {
  sender.on("message", (data) => {
    for (const socket of server.clients) if (socket !== sender) socket.send(String(data));
  });
});
