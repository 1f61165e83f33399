import { createServer, type Server } from "node:http";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newRecordId } from "../../../shared/entities/id.ts";
import { systemTimers, type Timers } from "../../../shared/result/ports.ts";
import { isQuiet, openSyncDesk, untilSync, type SyncDesk } from "../../../testing/fakes/sync-desk.ts";
import { startTestServer, type TestServer } from "../../../testing/server/start-test-server.ts";
import { people, type TestPerson } from "../../../testing/server/test-identities.ts";
import { createHttpTransport } from "./http-transport.ts";

// A proxy as companies have them: it passes requests on and knows nothing of WebSockets.
let server: TestServer;
let proxy: Server;
let refused = 0;
let passesUpgrades = false;

beforeAll(async () => {
  server = await startTestServer();
  proxy = createServer((incoming, answer) => {
    const { method, headers, url } = incoming;
    const onward = request(server.url + (url ?? ""), { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  proxy.on("upgrade", (incoming, socket, head) => {
    // A desk that is refused may reset the connection while it is being told; Node leaves that to us from here on.
    socket.on("error", () => socket.destroy());
    if (!passesUpgrades) {
      refused += 1;
      socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 7\r\nconnection: close\r\n\r\nblocked");
      return;
    }
    const onward = request(server.url + (incoming.url ?? ""), { headers: incoming.headers });
    onward.on("upgrade", (reply, upstream, first) => {
      const lines = Object.entries(reply.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
      upstream.write(head);
      socket.write(first);
      upstream.on("error", () => upstream.destroy());
      upstream.pipe(socket).pipe(upstream);
    });
    onward.on("error", () => socket.destroy());
    onward.end();
  });
  await new Promise<void>((resolve) => void proxy.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await server.close();
});

/** Waits that the test does not want to sit through are a hundredth as long. */
const hurried: Timers = { ...systemTimers, after: (delayMs, run) => systemTimers.after(delayMs / 100, run) };

function openDesk(who: TestPerson, serverUrl: string, timers: Timers): Promise<SyncDesk> {
  const { token, deviceId } = server.identities.signIn(who);
  return openSyncDesk({
    me: { userId: who.userId, name: who.name, role: who.role, teamIds: who.teamIds },
    transport: createHttpTransport({ serverUrl, token }),
    device: deviceId,
    collections: ["settings", "leads"],
    timers,
  });
}

async function create(desk: SyncDesk, name: string): Promise<string> {
  const id = newRecordId();
  const fields = { name, teamId: "north" } as never;
  await desk.replica.edits.apply([{ kind: "create", collection: "leads", id, fields }], "Added");
  return id;
}

async function untilHeld(desk: SyncDesk, id: string): Promise<void> {
  for (const deadline = Date.now() + 90_000; !(await desk.replica.reads.get("leads", id));) {
    if (Date.now() > deadline) throw new Error(`it never came: ${JSON.stringify(desk.engine.state())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test(
  "[STREAM-7] behind a proxy that refuses WebSockets changes go both ways, and the stream comes back with it",
  { timeout: 240_000 },
  async () => {
    const { port } = proxy.address() as AddressInfo;
    const max = await openDesk(people.max, server.url, systemTimers);
    const ana = await openDesk(people.ana, `http://127.0.0.1:${port}`, hurried);
    max.engine.start();
    ana.engine.start();
    await untilSync(ana, (state) => isQuiet(state) && state.phase === "connected" && state.polls !== null);
    expect(refused).toBeGreaterThanOrEqual(3);
    await untilHeld(ana, await create(max, "From the office"));
    await untilHeld(max, await create(ana, "From behind the proxy"));

    passesUpgrades = true;
    await untilSync(ana, (state) => state.phase === "connected" && state.polls === null);
    await untilHeld(ana, await create(max, "Live again"));
    await ana.dispose();
    await max.dispose();
  },
);
