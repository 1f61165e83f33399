import { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { Channel, FrameDown } from "../../shared/rpc/frames.ts";
import { readToTheEnd } from "./read-to-the-end.ts";
import { channelOverSocket, maxSocketMessageBytes } from "./socket-channel.ts";

const server = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  maxPayload: maxSocketMessageBytes,
  perMessageDeflate: false,
});

/** A request for a WebSocket that somebody else has read, checked and handed over with its connection. */
export interface Upgrade {
  headers: Record<string, string>;
  /** What the client had sent after the request, base64. */
  head: string;
}

/** Finishes the handshake of a WebSocket. A request that is not one is answered with 400 and forgotten. */
export function acceptSocket(
  upgrade: Upgrade,
  socket: Socket,
  onChannel: (channel: Channel<FrameDown, unknown>) => void,
): void {
  const request = new IncomingMessage(socket);
  request.method = "GET";
  request.url = "/rpc";
  request.headers = upgrade.headers;
  readToTheEnd(socket);
  server.handleUpgrade(request, socket, Buffer.from(upgrade.head, "base64"), (webSocket) =>
    onChannel(channelOverSocket(webSocket)),
  );
}
