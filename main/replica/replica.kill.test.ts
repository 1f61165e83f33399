import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { inTenant, rowsOf } from "../../sync-server/database/index.ts";
import { startTestServer, type TestServer } from "../../testing/server/start-test-server.ts";
import { people } from "../../testing/server/test-identities.ts";

const entry = fileURLToPath(new URL("../../testing/processes/replica-under-load.ts", import.meta.url));
const rounds = Number(process.env["KILL_ROUNDS"] ?? 6);
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), "ringside-kill-"));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

type Line = {
  id?: string;
  step?: number;
  leads?: { id: string; title: string }[];
  trouble?: string;
  opened?: boolean;
};

function startDesk(
  work: boolean,
  sign: { token: string; deviceId: string },
  onLine: (line: Line) => void,
): ChildProcess {
  const settings = { folder, serverUrl: server.url, token: sign.token, device: sign.deviceId, work };
  const child = spawn(process.execPath, [entry, JSON.stringify(settings)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout) createInterface(child.stdout).on("line", (line) => onLine(JSON.parse(line) as Line));
  return child;
}
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once("close", resolve));

test(`kill -9 of a working replica, ${rounds} times (SEED=${seed}): nothing acknowledged is lost, nothing is doubled`, async () => {
  const sign = server.identities.signIn(people.ana);
  const random = seeded(seed);
  /** The last step that each lead's person was told is done. */
  const acknowledged = new Map<string, number>();
  const troubles: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const killAfter = 1 + Math.floor(random() * 120);
    let count = 0;
    const child = startDesk(true, sign, ({ id, step, trouble }) => {
      if (trouble) troubles.push(trouble);
      if (id !== undefined && step !== undefined) {
        acknowledged.set(id, Math.max(step, acknowledged.get(id) ?? 0));
        if ((count += 1) === killAfter) child.kill("SIGKILL");
      }
    });
    await ended(child);
    expect(count).toBeGreaterThanOrEqual(killAfter);
  }
  expect(acknowledged.size).toBeGreaterThan(rounds);

  let leads: Line["leads"] = [];
  const last = startDesk(false, sign, (line) => {
    if (line.trouble) troubles.push(line.trouble);
    leads = line.leads ?? leads;
  });
  expect(await ended(last)).toBe(0);
  const onServer = await readServer();
  for (const [id, step] of acknowledged)
    expect(stepOf(onServer.get(id)?.title), id).toBeGreaterThanOrEqual(step);
  expect(new Map(leads?.map(({ id, title }) => [id, title]))).toEqual(
    new Map([...onServer].map(([id, { title }]) => [id, title])),
  );
  // One device alone never conflicts; a step that was applied twice would have raised the revision once more.
  for (const [id, { title, rev, kept }] of onServer) expect([rev, kept], id).toEqual([stepOf(title) + 1, []]);
  expect(troubles).toEqual([]);
});

async function readServer(): Promise<Map<string, { title: string; rev: number; kept: unknown[] }>> {
  const rows = await inTenant(server.db, { tenantId: server.tenantId }, (tx) =>
    rowsOf<{ id: string; doc: { title: string; rev: number; kept: unknown[] } }>(
      tx,
      sql`SELECT id, doc FROM leads WHERE NOT deleted`,
    ),
  );
  return new Map(rows.map(({ id, doc }) => [id, doc]));
}

function stepOf(title: string | undefined): number {
  return title === undefined ? -1 : Number(title.replace("step ", "") || 0);
}

/** mulberry32 */
function seeded(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
