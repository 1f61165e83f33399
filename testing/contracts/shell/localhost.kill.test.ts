import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { WebSocket } from "ws";
import { describeShell } from "./shell-contract.ts";
import { enter, localhostUnderTest, startLocalhostDesk } from "./localhost-desk.ts";

describeShell(localhostUnderTest);

test("no connection hangs that is handed to a replica which dies at that moment", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ringside-handed-"));
  writeFileSync(join(folder, "index.html"), "");
  writeFileSync(join(folder, "die-at-start"), "");
  const desk = await startLocalhostDesk(folder, folder);
  if (!desk) throw new Error("no desk");
  const { origin } = new URL(desk.address);
  const cookie = await enter(desk.address);
  const connections: Promise<unknown>[] = [];
  const outcomes = new Set<"open" | "closed">();
  const connect = () => {
    connections.push(connectOnce(origin, cookie).then((outcome) => outcomes.add(outcome)));
    return new Promise((resolve) => setTimeout(resolve, 40));
  };
  // Until one has met its end: on a laden machine a replica takes its time to start, and to die.
  while (connections.length < 25 || !outcomes.has("closed")) await connect();
  rmSync(join(folder, "die-at-start"));
  while (!outcomes.has("open")) await connect();
  // Waits in vain, and fails by its time limit, when a single one hangs.
  await Promise.all(connections);
  await desk.quit();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

function connectOnce(origin: string, cookie: string): Promise<"open" | "closed"> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace("http", "ws")}/rpc`, { origin, headers: { cookie } });
    socket.on("error", () => resolve("closed"));
    socket.on("open", () => {
      socket.close();
      resolve("open");
    });
  });
}
