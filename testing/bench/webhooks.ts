import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { inTenant, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { demoTenant } from "../../sync-server/demo/index.ts";
import { webhooksPath } from "../../sync-server/telephony/index.ts";
import { stopChild } from "../../tools/processes.ts";
import { findFreePort } from "../../tools/start-server.ts";
import { openServer } from "../processes/server.ts";
import { makeServerFolder } from "../processes/server-folder.ts";
import { addTestAccount, testAccountId, testAuthToken } from "../telephony/test-account.ts";
import { withFloor, type Bench, type Measurement } from "./measurement.ts";
import { processorMs } from "./processor.ts";

/** 500 a second for a minute: each call is reported dialled, ringing, answered and over. */
const calls = Number(process.env["BENCH_CALLS"] ?? 7_500);
const statuses = ["initiated", "ringing", "in-progress", "completed"] as const;
const total = calls * statuses.length;
/** Carriers send from many machines at once. */
const atOnce = 64;

export const webhookRate: Bench = {
  ids: ["webhooks.rate"],
  async run({ folder, log }): Promise<Measurement[]> {
    const floor = await measureFloor();
    log(`verified only: ${Math.round(floor)} a second`);
    const dataDir = join(folder, "webhooks");
    const port = await findFreePort();
    await makeServerFolder(dataDir, async (db) => {
      await addTestAccount(db, dataDir);
      await addLegs(db);
    });
    const server = await openServer({ dataDir, port });
    try {
      await untilCompiled(server.process.pid);
      const before = residentMB(server.process.pid);
      let most = before;
      const watch = setInterval(() => (most = Math.max(most, residentMB(server.process.pid))), 500);
      const processorBefore = processorMs(server.process.pid);
      const begun = performance.now();
      const lost = await send(port, webhooksPath);
      const answered = performance.now();
      await untilApplied(server.url);
      clearInterval(watch);
      const value = (total / (performance.now() - begun)) * 1_000;
      const after = residentMB(server.process.pid);
      const each = (processorMs(server.process.pid) - processorBefore) / total;
      log(`answered at ${Math.round((total / (answered - begun)) * 1_000)} a second; ${lost} refused`);
      const note = `${total} stored and applied, ${lost} lost, ${each.toFixed(2)} ms of processor each; memory ${before} MB, at most ${most}, then ${after} MB`;
      return [withFloor({ id: "webhooks.rate", value: lost > 0 ? 0 : value, unit: "count", reach: ">= 500", runs: 1, note }, floor)]; // prettier-ignore
    } finally {
      await server.close();
    }
  },
};

async function measureFloor(): Promise<number> {
  const child = fork(fileURLToPath(new URL("./verify-only.ts", import.meta.url)), [testAuthToken]);
  try {
    const [port] = (await once(child, "message")) as [number];
    const begun = performance.now();
    await send(port, "");
    return (total / (performance.now() - begun)) * 1_000;
  } finally {
    await stopChild(child);
  }
}

/** @returns how many were not taken */
async function send(port: number, root: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  let next = 0;
  let refused = 0;
  const worker = async () => {
    // Reports of one call come in their order, those of many calls side by side.
    for (let at = next++; at < total; at = next++) {
      const status = await post(agent, port, root, at % calls, Math.floor(at / calls));
      if (status !== 204) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  agent.destroy();
  return refused;
}

function post(agent: Agent, port: number, root: string, call: number, report: number): Promise<number> {
  const path = `${root}/${testAccountId}/status?leg=leg-${call}`;
  const fields = {
    ...{ AccountSid: "AC", ApiVersion: "2010-04-01", Direction: "outbound-api", From: "+13125550100" },
    ...{ To: "+13125550147", CallbackSource: "call-progress-events" },
    CallSid: `CA${call}`,
    CallStatus: statuses[report] ?? "",
    SequenceNumber: String(report),
    Timestamp: new Date(Date.UTC(2026, 10, 21, 9, 0, report)).toUTCString(),
  };
  const signature = webhooks.getExpectedTwilioSignature(
    testAuthToken,
    `http://127.0.0.1:${port}${path}`,
    fields,
  );
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: "127.0.0.1", port, path, method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature } }); // prettier-ignore
    sent.once("error", reject);
    sent.once("response", (answer) => answer.resume().once("end", () => resolve(answer.statusCode ?? 0)));
    sent.end(new URLSearchParams(fields).toString());
  });
}

async function untilApplied(url: string): Promise<void> {
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const applied = Number(/ringside_telephony_applied_seconds_count (\d+)/u.exec(text)?.[1] ?? 0);
    if (applied >= total) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Calls that somebody has dialled and whose called person's telephone has not rung yet. */
async function addLegs(db: Database): Promise<void> {
  const tenantId = demoTenant.id;
  await inTenant(db, { tenantId }, async (tx) => {
    await rowsOf(
      tx,
      sql`INSERT INTO line_calls (tenant_id, call_id, account_id, direction, ours, theirs)
          SELECT ${tenantId}, 'call-' || n, ${testAccountId}, 'outbound', '+13125550100', '+13125550147'
          FROM generate_series(0, ${calls - 1}) AS n`,
    );
    await rowsOf(
      tx,
      sql`INSERT INTO call_legs (tenant_id, id, account_id, call_id, role, state, asked_at, dialled_at)
          SELECT ${tenantId}, 'leg-' || n, ${testAccountId}, 'call-' || n, 'customer', 'dialling', now(), '2026-11-21T09:00:00Z'
          FROM generate_series(0, ${calls - 1}) AS n`,
    );
  });
}

function residentMB(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1_024);
}

/**
 * V8 compiles PGlite's most used functions anew while a server starts, in other threads, and holds some 400 MB for it
 * until it has done so.
 */
async function untilCompiled(pid: number | undefined): Promise<void> {
  const lengthMs = 3_000;
  const deadline = performance.now() + 30_000;
  for (let last = Infinity; performance.now() < deadline;) {
    await new Promise((resolve) => setTimeout(resolve, lengthMs));
    const now = residentMB(pid);
    if (now > last - 20) return;
    last = now;
  }
}
