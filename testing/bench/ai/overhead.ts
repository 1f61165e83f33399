import { createHash } from "node:crypto";
import { join } from "node:path";
import OpenAI from "openai";
import { z } from "zod";
import type { Ai, AiTask } from "../../../sync-server/ai/index.ts";
import { readPrompt } from "../../../sync-server/ai/gateway/prompts.ts";
import { demoTenant } from "../../../sync-server/demo/index.ts";
import { ana } from "../../../sync-server/demo/people.ts";
import { median, quantile, withFloor, type Bench, type Measurement } from "../measurement.ts";
import { openGateway } from "./open-gateway.ts";
import { startStandIn } from "./stand-in.ts";

const questions = 1_000;
const warmUp = 200;
const nowhere = new AbortController().signal;

/** What a card's words are asked for in a call: what was said in the last minute, about 2,500 characters. */
const heard = Array.from({ length: 30 }, (_, at) => ({
  side: at % 2 === 0 ? "customer" : "agent",
  text: `Well, Mrs Novak, the flat on ${at} Harbour Street costs 1,${200 + at} a month, call me on +1 312 555 01${40 + at}.`,
}));

const task: AiTask<number, { lines: string[] }> = {
  ...{ name: "coaching.card", promptVersion: 1, feature: "coaching", difficulty: "light", priority: "live" },
  ...{ personalData: "hidden", sameForMs: 0, maxOutputTokens: 300, timeoutMs: 10_000 },
  schema: z.strictObject({ lines: z.array(z.string()).max(4) }),
  dataOf: (at) => ({ at, heard }),
  byRules: () => ({ lines: [] }),
};

/** What the gateway adds to a question, and what an answer out of its cache takes. */
export const aiOverhead: Bench = {
  ids: ["ai.overhead.p95", "ai.hit.p95"],
  async run({ folder, log }): Promise<Measurement[]> {
    const standIn = await startStandIn({ pieces: 1, pauseMs: 0 });
    const gateway = await openGateway(join(folder, "ai-overhead"), standIn.baseUrl);
    try {
      const { ours, bare } = await compare(gateway.ai, standIn.baseUrl);
      const hits = await timeHits(gateway.ai);
      const bareMs = median(bare);
      log(`bare ${bareMs.toFixed(2)} ms (p95 ${quantile(bare, 0.95).toFixed(2)}), gateway ${median(ours).toFixed(2)} ms (p95 ${quantile(ours, 0.95).toFixed(2)})`); // prettier-ignore
      const note = `what a question takes at p95 through the gateway, limits and audit on the embedded database included, more than the bare SDK takes in the middle (median ${(median(ours) - bareMs).toFixed(1)} more)`;
      const overhead = { id: "ai.overhead.p95", value: quantile(ours, 0.95) - bareMs, unit: "ms", reach: "< 5", runs: questions, note } as const; // prettier-ignore
      const hit = { id: "ai.hit.p95", value: quantile(hits, 0.95), unit: "ms", reach: "< 2", runs: questions, note: `median ${median(hits).toFixed(2)}` } as const; // prettier-ignore
      return [withFloor(overhead, bareMs), withFloor(hit, median(timeHashes()))];
    } finally {
      await gateway.close();
      await standIn.close();
    }
  },
};

/** In turns, so that both have the same machine. The first ones are no measure of the others. */
async function compare(ai: Ai, baseURL: string): Promise<{ ours: number[]; bare: number[] }> {
  const client = new OpenAI({ baseURL, apiKey: "sk-bench", maxRetries: 0 });
  const prompt = await readPrompt(task.name, task.promptVersion);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let at = 0; at < warmUp + questions; at++) {
    const content = JSON.stringify({ data: task.dataOf(at) });
    const messages = [
      { role: "system" as const, content: prompt },
      { role: "user" as const, content },
    ];
    bare.push(
      await timed(() => client.chat.completions.create({ model: "bench", messages, max_tokens: 300 })),
    );
    ours.push(await timed(() => ask(ai, at)));
  }
  return { ours: ours.slice(warmUp), bare: bare.slice(warmUp) };
}

async function ask(ai: Ai, at: number, own: Partial<typeof task> = {}): Promise<void> {
  const { by, instead } = await ai.generate({ task: { ...task, ...own }, input: at, tenantId: demoTenant.id, userId: ana, signal: nowhere }); // prettier-ignore
  if (by !== "model") throw new Error(`the rules answered: ${instead?.message}`);
}

async function timeHits(ai: Ai): Promise<number[]> {
  const kept = { sameForMs: 3_600_000 };
  await ask(ai, -1, kept);
  const took: number[] = [];
  for (let at = 0; at < warmUp + questions; at++) took.push(await timed(() => ask(ai, -1, kept)));
  return took.slice(warmUp);
}

/** The least that finding an answer by its question takes: writing the question down, and its hash. */
function timeHashes(): number[] {
  return Array.from({ length: questions }, () => {
    const began = performance.now();
    createHash("sha256")
      .update(JSON.stringify(task.dataOf(-1)))
      .digest("base64url");
    return performance.now() - began;
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
