import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Socket } from "node:net";
import { MessageChannel } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { WebSocket } from "ws";
import { acceptSocket } from "../../main/rpc/accept-socket.ts";
import { channelOverPort } from "../../main/rpc/port-channel.ts";
import type { Router } from "../../main/rpc/router.ts";
import { openSocketPipe } from "../../renderer/client/socket-pipe.ts";
import type { SocketLike } from "../../renderer/client/socket-pipe.ts";
import type { Channel, FrameDown } from "../../shared/rpc/frames.ts";
import type { Pipe, PipeSignal } from "../../shared/rpc/pipe.ts";

/** One window on a router, over a real transport. */
export interface TestWindow {
  pipe: Pipe;
  /** Sends anything at all, as a broken or hostile window would. */
  sendRaw(message: unknown): void;
  /** The replica dies under the window; `next` is the one that takes over. */
  replaceReplica(next: Router): void;
  /** The window dies. */
  die(): void;
}

export interface Transport {
  name: string;
  /** @param serveAfterMs how long the replica takes before it serves a window that has connected */
  open(router: Router, serveAfterMs?: number): Promise<TestWindow>;
  close(): Promise<void>;
}

export function portTransport(): Transport {
  const ports = new Set<MessagePort>();
  return {
    name: "a message port",
    async open(router, serveAfterMs = 0) {
      const listeners = new Set<(signal: PipeSignal) => void>();
      const tell = (signal: PipeSignal) => listeners.forEach((listener) => listener(signal));
      const connect = (to: Router): MessagePort => {
        const { port1, port2 } = new MessageChannel();
        ports.add(port1).add(port2);
        serve(to, channelOverPort(port1), serveAfterMs);
        port2.on("message", (frame: FrameDown) => tell(frame));
        return port2;
      };
      let port = connect(router);
      return {
        pipe: {
          request: (frame) => port.postMessage(frame),
          subscribe(listener) {
            listeners.add(listener);
            listener({ t: "up" });
            return () => void listeners.delete(listener);
          },
        },
        sendRaw: (message) => port.postMessage(message),
        replaceReplica(next) {
          port.close();
          tell({ t: "down" });
          port = connect(next);
          tell({ t: "up" });
        },
        die: () => port.close(),
      };
    },
    async close() {
      for (const port of ports) port.close();
    },
  };
}

export function socketTransport(): Transport {
  const routers = new Map<string, { router: Router; serveAfterMs: number }>();
  const sockets = new Set<Socket>();
  const pipes: { close(): void }[] = [];
  const server = createServer();
  server.on("upgrade", (request, socket: Socket, head: Buffer) => {
    sockets.add(socket);
    const headers = request.headers as Record<string, string>;
    acceptSocket({ headers, head: head.toString("base64") }, socket, (channel) => {
      const found = routers.get(request.url ?? "");
      if (found) serve(found.router, channel, found.serveAfterMs);
    });
  });
  const listening = new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    name: "a WebSocket",
    async open(router, serveAfterMs = 0) {
      await listening;
      const path = `/${routers.size}`;
      routers.set(path, { router, serveAfterMs });
      let socket: WebSocket | null = null;
      const pipe = openSocketPipe(`ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
        openSocket: (url) => (socket = new WebSocket(url)) as unknown as SocketLike,
      });
      pipes.push(pipe);
      await isUp(pipe);
      return {
        pipe,
        sendRaw: (message) => socket?.send(typeof message === "string" ? message : JSON.stringify(message)),
        replaceReplica(next) {
          routers.set(path, { router: next, serveAfterMs });
          socket?.terminate();
        },
        die: () => pipe.close(),
      };
    },
    async close() {
      // Or they would knock for ever.
      for (const pipe of pipes) pipe.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(router: Router, channel: Channel<FrameDown, unknown>, afterMs: number): void {
  if (afterMs === 0) router.serve(channel);
  else setTimeout(() => router.serve(channel), afterMs);
}

function isUp(pipe: Pipe): Promise<void> {
  return new Promise((resolve) => {
    const stop = pipe.subscribe((signal) => {
      if (signal.t !== "up") return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}
