import { mkdtemp, rm } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CallState } from "../../shared/calls/call.ts";
import { inTenant, openDatabase, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { demoTenant } from "../../sync-server/demo/index.ts";
import { grace } from "../../sync-server/demo/people.ts";
import { webhooksPath } from "../../sync-server/telephony/index.ts";
import { findFreePort } from "../../tools/start-server.ts";
import { pullAll, signInDevice } from "../processes/bare-device.ts";
import { makeServerFolder } from "../processes/server-folder.ts";
import { openServer, type RunningServer } from "../processes/server.ts";
import { addTestAccount, testAccountId, testAuthToken, testNumber } from "./test-account.ts";

const kills = Number(process.env["WEBHOOK_KILLS"] ?? 4);
const callsAKill = 100;
const lastCaller = "+13125550199";

let folder: string;
let port: number;
let server: RunningServer | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-webhook-kill-"));
  port = await findFreePort();
  await makeServerFolder(folder, (db) => addTestAccount(db, folder));
}, 120_000);

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

test(`webhooks that a server has taken survive its death, at least ${kills} times in the middle of its work`, async () => {
  const taken: string[] = [];
  let waited = 0;
  let kill = 0;
  // Where none has fallen between a webhook and its effect yet, some more may.
  for (; kill < kills || (waited === 0 && kill < 5 * kills); kill += 1) {
    server = await openServer({ dataDir: folder, port });
    const sids = Array.from({ length: callsAKill }, (_, call) => `CA${kill}x${call}`);
    for (const sid of sids)
      expect(await post("/voice", { CallSid: sid, From: "+13125550147", To: testNumber })).toBe(200);
    const child = server.process;
    const gone = once(child, "exit");
    const answered: string[] = [];
    await Promise.all(
      sids.map(async (sid) => {
        const status = await post("/status", { CallSid: sid, CallStatus: "completed", SequenceNumber: "0" });
        if (status !== 204) return;
        answered.push(sid);
        // Whatever of these was stored and not applied yet has to be found again.
        if (answered.length === 20 + (kill % 4) * 25) child.kill("SIGKILL");
      }),
    );
    child.kill("SIGKILL");
    await gone;
    taken.push(...answered);
    waited += await readFolder(
      async (db) => (await rowsIn(db, sql`SELECT 1 FROM webhook_inbox WHERE done_at IS NULL`)).length,
    );
  }
  server = await openServer({ dataDir: folder, port });
  expect(taken.length).toBeGreaterThan(kill * 20);
  expect(waited, "no kill fell between a webhook and its effect").toBeGreaterThan(0);
  // Taken in the order of arrival: when this one has taken effect, so have all before it.
  expect(await post("/voice", { CallSid: "CAlast", From: lastCaller, To: testNumber })).toBe(200);
  expect(await post("/status", { CallSid: "CAlast", CallStatus: "completed", SequenceNumber: "0" })).toBe(
    204,
  );
  await expect.poll(() => readPhase(lastCaller), { timeout: 240_000, interval: 200 }).toBe("ended");
  await server.close();
  server = null;
  const ended = await readFolder((db) =>
    rowsIn<{ sid: string; ends: number; phase: string }>(
      db,
      sql`SELECT l.sid, (SELECT count(*)::int FROM call_events e WHERE e.call_id = l.call_id AND e.event->>'type' = 'ended') AS ends,
                 c.doc->'line'->'phase'->>'phase' AS phase
          FROM call_legs l JOIN calls c ON c.id = l.call_id`,
    ),
  );
  const found = new Map(ended.map((one) => [one.sid, one]));
  expect(taken.filter((sid) => found.get(sid)?.phase !== "ended" || found.get(sid)?.ends !== 1)).toEqual([]);
  expect(found.size, "every call that was begun is there").toBe(kill * callsAKill + 1);
}, 600_000);

/** Where the call of this caller stands, as an admin's desk sees it. */
async function readPhase(from: string): Promise<string | undefined> {
  const url = `http://127.0.0.1:${port}`;
  const calls = await pullAll(url, await signInDevice(url, "the admin's desk", grace), "calls");
  const line = calls.find((call) => call["from"] === from)?.["line"] as CallState | undefined;
  return line?.phase.phase;
}

async function post(hook: string, fields: Record<string, string>): Promise<number> {
  const url = `http://127.0.0.1:${port}${webhooksPath}/${testAccountId}${hook}`;
  const signature = webhooks.getExpectedTwilioSignature(testAuthToken, url, fields);
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature },
    body: new URLSearchParams(fields),
  }).then(
    ({ status }) => status,
    () => 0,
  );
}

async function readFolder<T>(read: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase({ kind: "embedded", dataDir: join(folder, "server") });
  return read(db).finally(() => db.close());
}

function rowsIn<Row extends Record<string, unknown>>(
  db: Database,
  query: ReturnType<typeof sql>,
): Promise<Row[]> {
  return inTenant(db, { tenantId: demoTenant.id }, (tx) => rowsOf<Row>(tx, query));
}
