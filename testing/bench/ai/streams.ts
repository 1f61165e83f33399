import { request, Agent, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import OpenAI from "openai";
import { AnswerPart, assistantPaths, type WriteRequest } from "../../../shared/assistant/server-wire.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { inTenant, rowsOf, type Database } from "../../../sync-server/database/index.ts";
import { demoTenant } from "../../../sync-server/demo/index.ts";
import { newBusiness } from "../../../sync-server/demo/people.ts";
import { findFreePort } from "../../../tools/start-server.ts";
import { signInDevice } from "../../processes/bare-device.ts";
import { openServer } from "../../processes/server.ts";
import { makeServerFolder } from "../../processes/server-folder.ts";
import { addTestAccount } from "../../telephony/test-account.ts";
import { addAgents, agentsOf } from "../calls/crowd.ts";
import { residentMB } from "../lab.ts";
import { median, quantile, withFloor, type Bench, type Measurement } from "../measurement.ts";
import { processorMs } from "../processor.ts";
import { startStandIn } from "./stand-in.ts";
import { addUsualLimits, benchPrice } from "./usual-limits.ts";

const atOnce = Number(process.env["BENCH_STREAMS"] ?? 200);
const seconds = Number(process.env["BENCH_SECONDS"] ?? 40);
const warmUpMs = 12_000;
/** Ten seconds of writing at twenty words a second, as models write. */
const writing = { pieces: 200, pauseMs: 50 };
const streamMs = writing.pieces * writing.pauseMs;

/**
 * A chat of each of two hundred people at once through one server, again and again: when the first word comes, and
 * whether the server grows.
 */
export const aiStreams: Bench = {
  ids: ["ai.streams.p95", "ai.streams.memory"],
  async run({ folder, log }): Promise<Measurement[]> {
    const standIn = await startStandIn(writing);
    const dataDir = join(folder, "ai-streams");
    let leadId = "";
    const fill = async (db: Database) => {
      await addTestAccount(db, dataDir);
      await addAgents(db, agentsOf(atOnce));
      await addUsualLimits(db);
      leadId = await findStoried(db);
    };
    await makeServerFolder(dataDir, fill, 200);
    const environment = {
      ...{ AI_BASE_URL: standIn.baseUrl, AI_MODEL: "bench" },
      ...{ AI_MODEL_PRICE_INPUT: String(benchPrice.input), AI_MODEL_PRICE_OUTPUT: String(benchPrice.output) },
    };
    const server = await withEnvironment(environment, async () =>
      openServer({ dataDir, port: await findFreePort() }),
    );
    try {
      const pid = server.process.pid ?? 0;
      const atRest = watchMemory(pid);
      const bare = await keepStreaming(atOnce, bareStream(standIn.baseUrl));
      const rest = atRest.stop();
      log(`bare SDK: first word after ${median(bare.firstMs).toFixed(1)} ms (p95 ${quantile(bare.firstMs, 0.95).toFixed(1)})`); // prettier-ignore
      const tokens: string[] = [];
      for (const { userId } of agentsOf(atOnce))
        tokens.push((await signInDevice(server.url, `bench-ai-${userId}`, userId)).token);
      const underLoad = watchMemory(pid);
      const processorBefore = processorMs(pid);
      const began = performance.now();
      const ours = await keepStreaming(atOnce, serverStream(server.url, tokens, leadId));
      const processor = ((processorMs(pid) - processorBefore) / (performance.now() - began)) * 100;
      const load = underLoad.stop();
      const bareMs = median(bare.firstMs);
      const note = `${ours.firstMs.length} chats, at most ${ours.most} at once, ${ours.broken} without their end; first word after ${median(ours.firstMs).toFixed(1)} ms in the middle, route and reading of the lead's story included; ${processor.toFixed(0)} % of one core`; // prettier-ignore
      const value = quantile(ours.firstMs, 0.95) - bareMs;
      return [
        withFloor({ id: "ai.streams.p95", value, unit: "ms", reach: "< 30", runs: 1, note }, bareMs),
        { ...growthOf(load, rest), id: "ai.streams.memory", unit: "MB", reach: "< 25", runs: 1 },
      ];
    } finally {
      await server.close();
      await standIn.close();
    }
  },
};

/** The lead of the agents' team of whom most is told. */
async function findStoried(db: Database): Promise<string> {
  const [row] = await inTenant(db, { tenantId: demoTenant.id }, (tx) =>
    rowsOf<{ id: string }>(
      tx,
      sql`SELECT lead.id FROM leads lead WHERE lead.doc->>'teamId' = ${newBusiness}
          ORDER BY (SELECT count(*) FROM calls WHERE parent_id = lead.id) +
                   (SELECT count(*) FROM messages WHERE parent_id = lead.id) DESC, lead.id LIMIT 1`,
    ),
  );
  if (!row) throw new Error("nobody of the agents' team has a lead");
  return row.id;
}

/** One stream. Calls `first` with its first word. @returns whether it came whole */
type Streaming = (person: number, first: () => void) => Promise<boolean>;

/** So many people, each with the next stream when one is over; they begin one after the other, as people do. */
async function keepStreaming(people: number, stream: Streaming) {
  const firstMs: number[] = [];
  const measuredFrom = performance.now() + warmUpMs;
  const until = measuredFrom + seconds * 1_000;
  let open = 0;
  let most = 0;
  let broken = 0;
  const one = async (person: number) => {
    await sleep((streamMs / people) * person);
    while (performance.now() < until) {
      const began = performance.now();
      most = Math.max(most, ++open);
      const isWhole = await stream(person, () => {
        if (began > measuredFrom) firstMs.push(performance.now() - began);
      });
      open -= 1;
      if (!isWhole) broken += 1;
    }
  };
  await Promise.all(Array.from({ length: people }, (_, person) => one(person)));
  return { firstMs, most, broken };
}

function bareStream(baseURL: string): Streaming {
  const client = new OpenAI({ baseURL, apiKey: "sk-bench", maxRetries: 0 });
  return async (_, first) => {
    const messages = [{ role: "user" as const, content: "What should I do first today?" }];
    let words = 0;
    for await (const { choices } of await client.chat.completions.create({
      model: "bench",
      messages,
      stream: true,
    }))
      // prettier-ignore
      if (choices[0]?.delta.content && ++words === 1) first();
    return words === writing.pieces;
  };
}

function serverStream(url: string, tokens: readonly string[], leadId: string): Streaming {
  const agent = new Agent({ keepAlive: true });
  const question: WriteRequest = {
    question: { about: "chat", leadId: leadId as RecordId, said: "What should I do first today?" },
    turns: [],
  };
  return async (person, first) => {
    const answer = await post(agent, url + assistantPaths.write, tokens[person] ?? "", question);
    let hasBegun = false;
    let end: AnswerPart | null = null;
    for await (const line of createInterface({ input: answer })) {
      if (!hasBegun && line.startsWith('{"kind":"text"')) {
        first();
        hasBegun = true;
      }
      if (line.startsWith('{"kind":"end"')) end = AnswerPart.parse(JSON.parse(line));
    }
    return end?.kind === "end" && end.by === "model";
  };
}

function post(agent: Agent, url: string, token: string, body: unknown): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const sent = request(url, { method: "POST", agent, headers }, resolve);
    sent.on("error", reject);
    sent.end(JSON.stringify(body));
  });
}

/** Resident, in MB: the least of five seconds each, since what is not yet collected says nothing. */
type Memory = { warm: number; middle: number; end: number };

const sampleMs = 500;
const spanOfSamples = 10;

/** Of the server, while somebody streams. */
function watchMemory(pid: number) {
  const samples: number[] = [];
  const timer = setInterval(() => void residentMB(pid).then((size) => samples.push(size)), sampleMs);
  return {
    stop(): Memory {
      clearInterval(timer);
      const measured = samples.slice(warmUpMs / sampleMs);
      const leastFrom = (at: number) => Math.min(...measured.slice(at, at + spanOfSamples));
      const last = Math.max(0, measured.length - spanOfSamples);
      return { warm: leastFrom(0), middle: leastFrom(Math.floor(last / 2)), end: leastFrom(last) };
    },
  };
}

/**
 * From the middle of what is measured to its end: by the middle all that is made once is there, and what a chat leaves
 * behind grows on. The floor is the same of the server at rest, while the bare SDK streams: either may be less than 0.
 */
function growthOf(load: Memory, rest: Memory): Pick<Measurement, "value" | "floor" | "note"> {
  const [warm, middle, end] = [load.warm, load.middle, load.end].map(Math.round);
  const note = `the server's resident memory: ${warm} MB after the warm-up, ${middle} in the middle, ${end} at the end; floor: the same server at rest, as long`;
  return { value: load.end - load.middle, floor: rest.end - rest.middle, note };
}

/** The servers of benches take their settings from this process's environment. */
async function withEnvironment<T>(settings: Record<string, string>, run: () => Promise<T>): Promise<T> {
  Object.assign(process.env, settings);
  try {
    return await run();
  } finally {
    for (const name of Object.keys(settings)) delete process.env[name];
  }
}
