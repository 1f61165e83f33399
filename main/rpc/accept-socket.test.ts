import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Channel, FrameDown } from "../../shared/rpc/frames.ts";
import { acceptSocket } from "./accept-socket.ts";

test("what a window said last is heard though it is gone, and cannot be told anything, before it is read", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const accepted = new Promise<Channel<FrameDown, unknown>>((resolve) =>
    server.on("upgrade", ({ headers }, socket: Socket, head: Buffer) =>
      acceptSocket(
        { headers: headers as Record<string, string>, head: head.toString("base64") },
        socket,
        resolve,
      ),
    ),
  );
  const window = new WebSocket(`ws://127.0.0.1:${port}/rpc`);
  window.on("error", () => {});
  const opened = once(window, "open");
  const channel = await accepted;
  await opened;
  const heard: unknown[] = [];
  channel.onMessage((message) => heard.push(message));
  const closed = new Promise<void>((resolve) => channel.onClose(resolve));

  // In one go, so that nothing is read in between: as where the process has other work.
  window.send(JSON.stringify("end the call"));
  (window as unknown as { _socket: Socket })._socket.resetAndDestroy();
  for (const id of [1, 2, 3]) channel.send({ t: "value", id, value: "the level of a voice" });

  await closed;
  expect(heard).toEqual(["end the call"]);
  server.close();
});
