import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import type { WebSocket } from "ws";
import type { StreamDown } from "../../../shared/sync/wire.ts";
import { inTenant, type Database } from "../../../sync-server/database/index.ts";
import { demoTenant } from "../../../sync-server/demo/index.ts";
import { webhooksPath } from "../../../sync-server/telephony/index.ts";
import { findFreePort } from "../../../tools/start-server.ts";
import { openStream, signInDevice } from "../../processes/bare-device.ts";
import { openServer } from "../../processes/server.ts";
import { makeServerFolder } from "../../processes/server-folder.ts";
import { addTestAccount, testAccountId, testAuthToken } from "../../telephony/test-account.ts";
import { bareBroadcast } from "../bare-broadcast.ts";
import { addAgents, agentsOf } from "../calls/crowd.ts";
import { median, quantile, withFloor, type Bench, type Measurement } from "../measurement.ts";
import { processorMs } from "../processor.ts";

const calls = Number(process.env["BENCH_AGENTS"] ?? 200);
const seconds = Number(process.env["BENCH_SECONDS"] ?? 30);
/** 150 words a minute, each told as it is understood; then a pause as long as a word. */
const wordMs = 400;
const sentence = "so what would it cost us to move in".split(" ");
/** What the first second of a server costs is no measure of the others. */
const warmUpMs = 5_000;
const saidBytes = 330;

/** Two hundred calls whose carriers tell each word as it is said: when the desk of whoever talks has it. */
export const liveTranscripts: Bench = {
  ids: ["coach.200.p99"],
  async run({ folder, log }): Promise<Measurement[]> {
    const dataDir = join(folder, "transcripts");
    const port = await findFreePort();
    await makeServerFolder(dataDir, async (db) => {
      await addTestAccount(db, dataDir);
      await addAgents(db, agentsOf(calls));
      await addCalls(db);
    });
    const server = await openServer({ dataDir, port });
    try {
      const told = new Map<string, number>();
      const delays = { guess: [] as number[], final: [] as number[] };
      const streams = await openDesks(server.url, (key, isFinal) => {
        const at = told.get(key);
        told.delete(key);
        if (at !== undefined && at > measuredFrom) delays[isFinal ? "final" : "guess"].push(performance.now() - at); // prettier-ignore
      });
      log(`${streams.length} desks listen`);
      const begun = performance.now();
      const measuredFrom = begun + warmUpMs;
      let processorBefore = 0;
      void sleep(warmUpMs).then(() => (processorBefore = processorMs(server.process.pid)));
      await speakAll(port, begun, (key) => told.set(key, performance.now()));
      const processor = ((processorMs(server.process.pid) - processorBefore) / (performance.now() - measuredFrom)) * 100; // prettier-ignore
      await sleep(1_000);
      for (const stream of streams) stream.terminate();
      const floor = await bareBroadcast({ sockets: 1, writes: 200, perSecond: 50, bytes: saidBytes });
      const all = [...delays.guess, ...delays.final];
      const note = `${all.length} tellings of ${calls} calls at the desk's socket, ${told.size} never came; guesses ${quantile(delays.guess, 0.99).toFixed(0)} ms (median ${median(delays.guess).toFixed(0)}), finals, stored, ${quantile(delays.final, 0.99).toFixed(0)} ms (median ${median(delays.final).toFixed(0)}); ${processor.toFixed(0)} % of one core`; // prettier-ignore
      const value = quantile(all, 0.99);
      return [withFloor({ id: "coach.200.p99", value, unit: "ms", reach: "< 500", runs: 1, note }, quantile(floor, 0.99))]; // prettier-ignore
    } finally {
      await server.close();
    }
  },
};

/** Everybody talks to somebody already. */
async function addCalls(db: Database): Promise<void> {
  const tenantId = demoTenant.id;
  const numbers = sql`generate_series(0, ${calls - 1}) AS n`;
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

async function openDesks(url: string, heard: (key: string, isFinal: boolean) => void): Promise<WebSocket[]> {
  const streams: WebSocket[] = [];
  for (const { userId } of agentsOf(calls)) {
    const device = await signInDevice(url, `bench-${userId}`, userId);
    const stream = await openStream(url, device, "busy");
    stream.on("message", (data) => {
      const message = JSON.parse(String(data)) as StreamDown;
      if (message.type !== "said") return;
      for (const { revision, final } of message.utterances) heard(`${message.callId} ${revision}`, final);
    });
    streams.push(stream);
  }
  return streams;
}

/** Each call a little later than the one before it, as people begin. */
async function speakAll(port: number, begun: number, telling: (key: string) => void): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const speak = async (call: number) => {
    for (let turn = 0; ; turn += 1) {
      const dueAt = begun + (call * wordMs) / calls + turn * wordMs;
      if (dueAt - begun > seconds * 1_000) return;
      await sleep(Math.max(0, dueAt - performance.now()));
      const word = turn % (sentence.length + 1);
      if (word === sentence.length) continue;
      telling(`call-${call} ${turn + 1}`);
      await post(agent, port, call, turn + 1, sentence.slice(0, word + 1).join(" "), word === sentence.length - 1); // prettier-ignore
    }
  };
  await Promise.all(Array.from({ length: calls }, (_, call) => speak(call)));
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
