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

/** Each call is reported dialled, ringing, answered and over. */
const statuses = ["initiated", "ringing", "in-progress", "completed"] as const;
const perSecond = 500;
/** For a minute, unless somebody wants it shorter. */
const paced = { first: 0, calls: Number(process.env["BENCH_CALLS"] ?? 7_500) };
/** As fast as they are taken, some seconds' worth. */
const flatOut = { first: paced.calls, calls: Math.ceil(paced.calls / 5) };
const legs = paced.calls + flatOut.calls;
/** Carriers send from many machines at once. */
const atOnce = 64;
/** Nobody waits longer for what was sent. */
const graceMs = 60_000;
const sampleMs = 500;
/** Of what was used in the second quarter: what leaks at this pace grows by more until the last. */
const flatWithin = 1.1;

type Calls = { first: number; calls: number };
const countOf = ({ calls }: Calls) => calls * statuses.length;

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
      const pace = await keepPace(server, port);
      log(`${perSecond} a second: ${pace.note}`);
      const flat = await sendFlatOut(server.url, port);
      const note = `${pace.note}; sent flat out, ${Math.round(flat)} a second`;
      return [withFloor({ id: "webhooks.rate", value: pace.value, unit: "count", reach: `>= ${perSecond}`, runs: 1, note }, floor)]; // prettier-ignore
    } finally {
      await server.close();
    }
  },
};

/** What was seen of the server while webhooks came. `behind`: due by then, and not applied yet. */
type Sample = { atMs: number; memoryMB: number; behind: number };

/**
 * Sends at an even pace. It is held when at no time more than what is due in a second waited to be applied, the last
 * one included, and memory stayed flat; what is not held is told as the rate at which they were applied.
 */
async function keepPace(server: BenchServer, port: number): Promise<{ value: number; note: string }> {
  const { pid } = server.process;
  const total = countOf(paced);
  const lengthMs = (total / perSecond) * 1_000;
  const before = residentMB(pid);
  const processorBefore = processorMs(pid);
  const begun = performance.now();
  const watch = watchServer(server, begun, total);
  const lost = await send(port, webhooksPath, paced, (at) => begun + (at / perSecond) * 1_000);
  const applied = await untilApplied(server.url, total);
  const tookMs = performance.now() - begun;
  const samples = await watch.stop();
  const lateMs = Math.max(0, tookMs - lengthMs);
  const behind = Math.max(...samples.map((sample) => sample.behind));
  const [second, last] = [memoryIn(samples, lengthMs, 1), memoryIn(samples, lengthMs, 3)];
  const isFlat = last <= second * flatWithin;
  const held = lost === 0 && applied === total && behind <= perSecond && lateMs <= 1_000 && isFlat;
  const rate = lost > 0 ? 0 : (applied / tookMs) * 1_000;
  const note = [
    `${total} in ${(tookMs / 1_000).toFixed(1)} s: ${lost} refused, ${total - applied} not applied`,
    `at most ${behind} behind, the last ${Math.round(lateMs)} ms`,
    `${((processorMs(pid) - processorBefore) / total).toFixed(2)} ms of processor each`,
    `memory ${before} MB before, ${second} MB in the second quarter, ${last} in the last${isFlat ? "" : ": not flat"}`,
  ].join("; ");
  return { value: held ? perSecond : Math.min(rate, perSecond - 1), note };
}

type BenchServer = Awaited<ReturnType<typeof openServer>>;

function watchServer({ url, process: { pid } }: BenchServer, begun: number, total: number) {
  const samples: Sample[] = [];
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const atMs = performance.now() - begun;
      const due = Math.min(total, Math.floor((atMs / 1_000) * perSecond));
      samples.push({ atMs, memoryMB: residentMB(pid), behind: Math.max(0, due - (await readApplied(url))) });
      await new Promise((resolve) => setTimeout(resolve, sampleMs));
    }
  })();
  return {
    async stop(): Promise<Sample[]> {
      stopped = true;
      await watching;
      return samples;
    },
  };
}

/**
 * The median of a quarter. The first is the warm-up, and none of them says much about a leak alone: the second and the
 * last do, one after the other.
 */
function memoryIn(samples: Sample[], lengthMs: number, quarter: number): number {
  const from = (lengthMs / 4) * quarter;
  const own = samples.filter(({ atMs }) => atMs >= from && atMs < from + lengthMs / 4);
  return own.map(({ memoryMB }) => memoryMB).toSorted((a, b) => a - b)[own.length >> 1] ?? 0;
}

/** @returns how many were applied a second */
async function sendFlatOut(url: string, port: number): Promise<number> {
  const before = await readApplied(url);
  const begun = performance.now();
  await send(port, webhooksPath, flatOut);
  const applied = await untilApplied(url, before + countOf(flatOut));
  return ((applied - before) / (performance.now() - begun)) * 1_000;
}

async function measureFloor(): Promise<number> {
  const child = fork(fileURLToPath(new URL("./verify-only.ts", import.meta.url)), [testAuthToken]);
  try {
    const [port] = (await once(child, "message")) as [number];
    const begun = performance.now();
    await send(port, "", flatOut);
    return (countOf(flatOut) / (performance.now() - begun)) * 1_000;
  } finally {
    await stopChild(child);
  }
}

/**
 * Reports of one call come in their order, those of many calls side by side.
 * @param dueAt when which of them is sent, on performance's clock; without it, as soon as another was answered
 * @returns how many were not taken
 */
async function send(port: number, root: string, of: Calls, dueAt?: (at: number) => number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce, timeout: graceMs });
  const total = countOf(of);
  let next = 0;
  let refused = 0;
  const worker = async () => {
    for (let at = next++; at < total; at = next++) {
      const earlyMs = dueAt ? dueAt(at) - performance.now() : 0;
      if (earlyMs < -graceMs) refused += 1;
      else {
        if (earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs));
        const status = await post(agent, port, root, of.first + (at % of.calls), Math.floor(at / of.calls));
        if (status !== 204) refused += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  agent.destroy();
  return refused;
}

/** @returns the status of the answer; 0 = none came */
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
  return new Promise((resolve) => {
    const sent = request({ agent, host: "127.0.0.1", port, path, method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature } }); // prettier-ignore
    sent.once("timeout", () => sent.destroy());
    sent.once("error", () => resolve(0));
    sent.once("response", (answer) => answer.resume().once("end", () => resolve(answer.statusCode ?? 0)));
    sent.end(new URLSearchParams(fields).toString());
  });
}

/** @returns how many were applied when all were, or nobody waits any longer */
async function untilApplied(url: string, total: number): Promise<number> {
  const deadline = performance.now() + graceMs;
  for (;;) {
    const applied = await readApplied(url);
    if (applied >= total || performance.now() > deadline) return applied;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function readApplied(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/ringside_telephony_applied_seconds_count (\d+)/u.exec(text)?.[1] ?? 0);
}

/** Calls that somebody has dialled and whose called person's telephone has not rung yet. */
async function addLegs(db: Database): Promise<void> {
  const tenantId = demoTenant.id;
  await inTenant(db, { tenantId }, async (tx) => {
    await rowsOf(
      tx,
      sql`INSERT INTO line_calls (tenant_id, call_id, account_id, direction, ours, theirs)
          SELECT ${tenantId}, 'call-' || n, ${testAccountId}, 'outbound', '+13125550100', '+13125550147'
          FROM generate_series(0, ${legs - 1}) AS n`,
    );
    await rowsOf(
      tx,
      sql`INSERT INTO call_legs (tenant_id, id, account_id, call_id, role, state, asked_at, dialled_at)
          SELECT ${tenantId}, 'leg-' || n, ${testAccountId}, 'call-' || n, 'customer', 'dialling', now(), '2026-11-21T09:00:00Z'
          FROM generate_series(0, ${legs - 1}) AS n`,
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
