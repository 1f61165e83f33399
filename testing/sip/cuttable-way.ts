import { connect, createServer, type Socket } from "node:net";

export type CuttableWay = {
  port: number;
  cut(): void;
  /** Nobody comes through, from now on; those who are through are cut. */
  block(on: boolean): void;
  /** Connections still come about, but what is asked over them is lost, as behind a half-started exchange. */
  swallow(on: boolean): void;
  /** How many requests were lost so far. */
  swallowed(): number;
  /** Whoever is through hears nothing more and is told of no end, as after a sleep; who comes anew gets through. */
  forget(): void;
  /** How many came through so far. */
  through(): number;
  close(): Promise<void>;
};

/** A way to a port of this machine that can be cut under those who use it, as a change of network does. */
export async function openCuttableWay(port: number): Promise<CuttableWay> {
  const open = new Set<Socket>();
  let swallows = false;
  let isBlocked = false;
  let lost = 0;
  let through = 0;
  const forgotten = new Set<Socket>();
  const server = createServer((near) => {
    if (isBlocked) return void near.resetAndDestroy();
    through += 1;
    const far = connect(port, "127.0.0.1");
    near.on("data", (asked: Buffer) => {
      if (forgotten.has(near)) return;
      if (!swallows || asked.subarray(0, 4).toString() === "GET ") return void far.write(asked);
      // A keep-alive is a frame of a few bytes.
      if (asked.length > 100) lost += 1;
    });
    far.pipe(near);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on("error", () => {});
      from.on("close", () => {
        open.delete(from);
        if (!forgotten.has(to)) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const cut = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    port: address.port,
    cut,
    block(on) {
      isBlocked = on;
      if (on) cut();
    },
    swallow: (on) => void (swallows = on),
    swallowed: () => lost,
    forget() {
      for (const socket of open) {
        socket.unpipe();
        socket.resume();
        forgotten.add(socket);
      }
    },
    through: () => through,
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
