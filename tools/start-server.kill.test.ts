import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeServerFolder } from "../testing/processes/server-folder.ts";
import { stopChild } from "./processes.ts";
import { findFreePort, startDemoServer } from "./start-server.ts";

let dataDir: string;
const started: ChildProcess[] = [];
let other: Server;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "ringside-port-"));
  await makeServerFolder(dataDir);
  // As another program's server, or one of Ringside's on another folder.
  other = createServer((_request, response) => response.end(JSON.stringify({ status: "ok" })));
});
afterEach(async () => {
  for (const child of started.splice(0)) await stopChild(child);
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
  rmSync(dataDir, { recursive: true, force: true });
});

test("a server whose port another one has is not taken for started by that one's answers", async () => {
  const port = await findFreePort();
  const start = () =>
    startDemoServer({ dataDir, port: String(port), keep: (child) => void started.push(child) });
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  await expect(start()).rejects.toThrow(/did not start.*EADDRINUSE/su);
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
  const { url } = await start();
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
}, 120_000);
