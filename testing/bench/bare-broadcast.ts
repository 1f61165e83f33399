import { fork } from "node:child_process";
import { join } from "node:path";
import { WebSocket } from "ws";

export type Broadcast = { sockets: number; writes: number; perSecond: number; bytes: number };

/**
 * The floor of fan-out: a bare server that sends what it gets to every socket, without looking at it.
 * @returns ms from sending to each arrival
 */
export async function bareBroadcast({ sockets, writes, perSecond, bytes }: Broadcast): Promise<number[]> {
  const server = fork(join(import.meta.dirname, "broadcast-server.ts"));
  const port = await new Promise<number>((resolve) =>
    server.once("message", (message) => resolve(Number(message))),
  );
  const open = () =>
    new Promise<WebSocket>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`);
      socket.on("open", () => resolve(socket));
    });
  const listeners = await Promise.all(Array.from({ length: sockets }, open));
  const sender = await open();
  const sentAt: number[] = [];
  const delays: number[] = [];
  for (const socket of listeners) {
    socket.on("message", (data) =>
      delays.push(performance.now() - (sentAt[Number(String(data).split(" ", 1)[0])] ?? 0)),
    );
  }
  const rest = "x".repeat(bytes);
  for (let index = 0; index < writes; index++) {
    sentAt[index] = performance.now();
    sender.send(`${index} ${rest}`);
    await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
  }
  while (delays.length < writes * sockets) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const socket of [...listeners, sender]) socket.terminate();
  server.kill();
  return delays;
}
