import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** What stands before the nodes of a server: hands each connection on to the first that takes it. */
export type Balancer = {
  url: string;
  /** How many connections each node has taken, in the order of `ports`. */
  taken(): readonly number[];
  close(): Promise<void>;
};

/** @param ports of the nodes, the preferred one first */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const taken = ports.map(() => 0);
  const open = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (client) => {
    keep(client);
    handOn(client, 0);
  });

  function handOn(client: Socket, index: number): void {
    const port = ports[index];
    if (port === undefined) return void client.destroy();
    const node = connect(port, "127.0.0.1");
    keep(node);
    const tryNext = () => handOn(client, index + 1);
    node.once("error", tryNext);
    node.once("connect", () => {
      node.off("error", tryNext);
      taken[index] = (taken[index] ?? 0) + 1;
      // Either end takes the other with it, as when the node dies.
      node.once("close", () => client.destroy());
      client.once("close", () => node.destroy());
      client.pipe(node).pipe(client);
      client.resume();
    });
  }

  function keep(socket: Socket): void {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => taken,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
