import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import type { WebSocket } from "ws";
import type { StreamDown } from "../../../shared/sync/wire.ts";
import { inTenant, type Database } from "../../../sync-server/database/index.ts";
import { demoTenant } from "../../../sync-server/demo/index.ts";
import { webhooksPath } from "../../../sync-server/telephony/index.ts";
import { openStream, signInDevice } from "../../processes/bare-device.ts";
import { testAccountId, testAuthToken } from "../../telephony/test-account.ts";
import { bareBroadcast } from "../bare-broadcast.ts";
import { openCallStage, type CallStage } from "../calls/call-stage.ts";
import { addAgents, agentsOf } from "../calls/crowd.ts";
import { median, quantile, withFloor, type Bench, type Measurement } from "../measurement.ts";
import { processorMs } from "../processor.ts";
import { beginCoachedCall, type CoachedCall } from "./coached-call.ts";
import { measureShares } from "./measure-shares.ts";
import { becameOf, type PaintedAfter } from "./painted-after.ts";

const calls = Number(process.env["BENCH_AGENTS"] ?? 200);
/** All but the one that a real desk has. */
const others = calls - 1;
const seconds = Number(process.env["BENCH_SECONDS"] ?? 30);
/** 150 words a minute, each told as it is understood; then a pause as long as a word. */
const wordMs = 400;
const sentence = "so what would it cost us to move in".split(" ");
/** What the first second of a server costs is no measure of the others. */
const warmUpMs = 5_000;
const saidBytes = 330;

/**
 * Two hundred calls whose carriers tell each word as it is said, until it is on the overlay. What a desk of its own takes
 * for that is measured on one of them, a real one with 50,000 leads, with replica and browser at the cost of the same
 * machine; of all others until the word is at the desk's socket. The value is the worse of the two: one desk tells little
 * of what stands in line on the server, and a socket nothing of painting.
 */
export const liveTranscripts: Bench = {
  ids: ["coach.200.p99"],
  async run({ folder, log }): Promise<Measurement[]> {
    const stage = await openCallStage(folder, log, addCrowd);
    try {
      const ana = await beginCoachedCall(stage);
      const crowd = await openCrowd(stage.serverUrl);
      log(`${crowd.streams.length} desks listen, and a real one`);
      const heard = await speakAndMeasure(stage, ana, crowd);
      for (const stream of crowd.streams) stream.terminate();
      await ana.hangUp();
      const floor = await bareBroadcast({ sockets: 1, writes: 200, perSecond: 50, bytes: saidBytes });
      return [measurementOf(heard, quantile(floor, 0.99))];
    } finally {
      await stage.close();
    }
  },
};

type Heard = {
  delays: Delays;
  /** Tellings that came to no socket. */
  missing: number;
  painted: PaintedAfter;
  /** Per cent of one core. */
  server: number;
};

function measurementOf({ delays, missing, painted, server }: Heard, floor: number): Measurement {
  const all = [...delays.guess, ...delays.final];
  const note = [
    `painted on the overlay of one of them ${textOf(painted.delaysMs)}, ${becameOf(painted)}`,
    `at the desk's socket ${textOf(all)}, ${all.length} tellings of ${others} calls, ${missing} never came`,
    `of those guesses ${textOf(delays.guess)}, finals, stored, ${textOf(delays.final)}`,
    `${server.toFixed(0)} % of one core`,
  ].join("; ");
  const value = Math.max(quantile(painted.delaysMs, 0.99), quantile(all, 0.99));
  return withFloor({ id: "coach.200.p99", value, unit: "ms", reach: "< 500", runs: 1, note }, floor);
}

function textOf(taken: readonly number[]): string {
  return `${quantile(taken, 0.99).toFixed(0)} ms (median ${median(taken).toFixed(0)})`;
}

/** While all of them talk; the first seconds count nowhere. */
async function speakAndMeasure(stage: CallStage, ana: CoachedCall, crowd: Crowd): Promise<Heard> {
  const begun = performance.now();
  const pid = stage.serverPid();
  let processorBefore = 0;
  void sleep(warmUpMs).then(() => {
    processorBefore = processorMs(pid);
    crowd.measureFrom(performance.now());
  });
  const [painted] = await Promise.all([
    measureShares({ ...ana, client: stage.client }, () => performance.now() - begun > seconds * 1_000),
    speakAll(Number(new URL(stage.serverUrl).port), begun, crowd.telling),
  ]);
  const server = ((processorMs(pid) - processorBefore) / (performance.now() - begun - warmUpMs)) * 100;
  await sleep(1_000);
  return { delays: crowd.delays, missing: crowd.countMissing(), painted, server };
}

async function addCrowd(db: Database): Promise<void> {
  await addAgents(db, agentsOf(others));
  await addCalls(db);
}

/** Everybody talks to somebody already. */
async function addCalls(db: Database): Promise<void> {
  const tenantId = demoTenant.id;
  const numbers = sql`generate_series(0, ${others - 1}) AS n`;
  await inTenant(db, { tenantId }, async (tx) => {
    await tx.execute(
      sql`INSERT INTO line_calls (tenant_id, call_id, account_id, direction, ours, theirs)
          SELECT ${tenantId}, 'call-' || n, ${testAccountId}, 'inbound', '+13125550100', '+13125550147' FROM ${numbers}`,
    );
    await tx.execute(
      sql`INSERT INTO call_legs (tenant_id, id, account_id, call_id, sid, role, agent_id, state, asked_at, answered_at)
          SELECT ${tenantId}, role || n, ${testAccountId}, 'call-' || n, role || n, role,
                 CASE role WHEN 'agent' THEN 'demo-agent-' || lpad(n::text, 3, '0') END, 'live', now(), now()
          FROM ${numbers}, unnest(ARRAY['customer', 'agent']) AS role`,
    );
  });
}

type Delays = { guess: number[]; final: number[] };
type Crowd = {
  streams: readonly WebSocket[];
  /** Of what was told since `measureFrom`, ms from telling to the socket. */
  delays: Delays;
  measureFrom(atMs: number): void;
  telling(key: string): void;
  countMissing(): number;
};

/** Desks that are sockets, each of which hears what is said in its call. */
async function openCrowd(url: string): Promise<Crowd> {
  const told = new Map<string, number>();
  const delays: Delays = { guess: [], final: [] };
  let fromMs = Infinity;
  const hear = (key: string, isFinal: boolean) => {
    const at = told.get(key);
    told.delete(key);
    if (at !== undefined && at > fromMs) delays[isFinal ? "final" : "guess"].push(performance.now() - at);
  };
  const streams: WebSocket[] = [];
  for (const { userId } of agentsOf(others)) {
    const device = await signInDevice(url, `bench-${userId}`, userId);
    const stream = await openStream(url, device, "busy");
    stream.on("message", (data) => {
      const message = JSON.parse(String(data)) as StreamDown;
      if (message.type !== "said") return;
      for (const { revision, final } of message.utterances) hear(`${message.callId} ${revision}`, final);
    });
    streams.push(stream);
  }
  return {
    streams,
    delays,
    measureFrom(atMs) {
      fromMs = atMs;
    },
    telling: (key) => told.set(key, performance.now()),
    countMissing: () => told.size,
  };
}

/** Each call a little later than the one before it, as people begin. */
async function speakAll(port: number, begun: number, telling: (key: string) => void): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const speak = async (call: number) => {
    for (let turn = 0; ; turn += 1) {
      const dueAt = begun + (call * wordMs) / others + turn * wordMs;
      if (dueAt - begun > seconds * 1_000) return;
      await sleep(Math.max(0, dueAt - performance.now()));
      const word = turn % (sentence.length + 1);
      if (word === sentence.length) continue;
      telling(`call-${call} ${turn + 1}`);
      await post(agent, port, call, turn + 1, sentence.slice(0, word + 1).join(" "), word === sentence.length - 1); // prettier-ignore
    }
  };
  await Promise.all(Array.from({ length: others }, (_, call) => speak(call)));
  agent.destroy();
}

function post(
  agent: Agent,
  port: number,
  call: number,
  seq: number,
  transcript: string,
  isFinal: boolean,
): Promise<void> {
  const path = `${webhooksPath}/${testAccountId}/transcription?leg=customer${call}`;
  const fields = {
    ...{ AccountSid: "AC", CallSid: `customer${call}`, TranscriptionSid: `GT${call}` },
    ...{ TranscriptionEvent: "transcription-content", LanguageCode: "en-US", Track: "inbound_track" },
    ...{ SequenceId: String(seq), Final: String(isFinal), Timestamp: new Date().toISOString() },
    TranscriptionData: JSON.stringify({ transcript, confidence: 0.9 }),
  };
  const signature = webhooks.getExpectedTwilioSignature(testAuthToken, `http://127.0.0.1:${port}${path}`, fields); // prettier-ignore
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: "127.0.0.1", port, path, method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature } }); // prettier-ignore
    sent.once("error", reject);
    sent.once("response", (answer) => {
      if (answer.statusCode !== 204) reject(new Error(`the server answered ${answer.statusCode}`));
      answer.resume().once("end", resolve);
    });
    sent.end(new URLSearchParams(fields).toString());
  });
}
