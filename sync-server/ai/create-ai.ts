import type { FastifyBaseLogger } from "fastify";
import { Counter, Histogram, type Registry } from "prom-client";
import { z } from "zod";
import { err, ok, type Result } from "../../shared/result/result.ts";
import type {
  Ai,
  AiFailure,
  AiMessage,
  AiProvider,
  AiRequest,
  AiTask,
  Completed,
  Generated,
} from "./port.ts";
import { readPrompt } from "./prompts.ts";

export type AiDeps = {
  /** Null = none is set up: Ringside's own rules answer. */
  provider: AiProvider | null;
  log: FastifyBaseLogger;
  registry: Registry;
};

/**
 * The one way to a model. Every answer is checked against the task's schema; one that does not hold is sent back once
 * with what is wrong. Neither what goes in nor what comes out is logged: it is people's own words.
 */
export function createAi({ provider, log, registry }: AiDeps): Ai {
  const metrics = createMetrics(registry);
  return {
    async generate(request) {
      const { task, input, tenantId, userId } = request;
      if (provider === null) return ok({ output: task.byRules(input), by: "rules" });
      const began = performance.now();
      const answer = await askModel(provider, request);
      const outcome = answer.ok ? "answered" : answer.error.code;
      const seconds = (performance.now() - began) / 1_000;
      metrics.count(task.name, outcome, seconds);
      log.info({ task: task.name, provider: provider.name, tenantId, userId, outcome, seconds }, "a model was asked"); // prettier-ignore
      return answer;
    },
  };
}

function createMetrics(registry: Registry) {
  const labelNames = ["task", "outcome"];
  const registers = [registry];
  const requests = new Counter({ name: "ringside_ai_requests_total", help: "Questions to models, by how they came out", labelNames, registers }); // prettier-ignore
  const duration = new Histogram({ name: "ringside_ai_request_seconds", help: "Time until a model's answer held", labelNames, registers, buckets: [0.1, 0.3, 1, 2.5, 5, 10, 20, 45] }); // prettier-ignore
  return {
    count(task: string, outcome: string, seconds: number): void {
      requests.inc({ task, outcome });
      duration.observe({ task, outcome }, seconds);
    },
  };
}

async function askModel<Input, Output>(
  provider: AiProvider,
  { task, input, signal }: AiRequest<Input, Output>,
): Promise<Result<Generated<Output>, AiFailure>> {
  const timeout = AbortSignal.timeout(task.timeoutMs);
  const until = signal ? AbortSignal.any([signal, timeout]) : timeout;
  const messages = await messagesOf(task, input);
  const first = await ask(provider, task, messages, until);
  if (!first.ok) return first;
  const taken = take(task, first.value.text);
  if (taken.ok) return taken;
  const repaired = await ask(provider, task, withRepair(messages, first.value.text, taken.error), until);
  if (!repaired.ok) return repaired;
  const again = take(task, repaired.value.text);
  if (again.ok) return again;
  return err({ code: "invalid", message: "The model gave no answer of the form that was asked for." });
}

/** Instructions and data never share a message, and data is JSON: nothing that somebody said can end it. */
async function messagesOf<Input>(task: AiTask<Input, unknown>, input: Input): Promise<AiMessage[]> {
  return [
    { role: "system", text: await readPrompt(task.name, task.promptVersion) },
    { role: "user", text: JSON.stringify({ data: task.dataOf(input) }) },
  ];
}

/** What a model went on about instead of answering costs as much as an answer. */
const longestShownBack = 8_000;

function withRepair(messages: readonly AiMessage[], answer: string, problem: string): AiMessage[] {
  const text = `This is not of the form that was asked for: ${problem} Answer again with the JSON object alone.`;
  const given = answer.slice(0, longestShownBack);
  return [...messages, { role: "assistant", text: given === "" ? "{}" : given }, { role: "user", text }];
}

async function ask(
  provider: AiProvider,
  { name, schema, maxOutputTokens }: AiTask<never, unknown>,
  messages: readonly AiMessage[],
  signal: AbortSignal,
): Promise<Result<Completed, AiFailure>> {
  if (signal.aborted) return err({ code: "timed-out", message: "There was no answer in time." });
  const { $schema: _, ...json } = z.toJSONSchema(schema);
  const schemaName = name.replaceAll(/\W/gu, "_");
  return provider.complete({ messages, schema: json, schemaName, maxOutputTokens, signal });
}

/** @returns or what is wrong, in words for the model */
function take<Output>(task: AiTask<never, Output>, text: string): Result<Generated<Output>, string> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const parsed = task.schema.safeParse(json.value);
  if (parsed.success) return ok({ output: parsed.data, by: "model" });
  const problems = parsed.error.issues.slice(0, 8).map((issue) => `${issue.path.join(".") || "answer"}: ${issue.message}`); // prettier-ignore
  return err(`${problems.join("; ")}.`);
}

/** Models wrap JSON into a code block, whatever they are asked. */
const codeBlock = /^```(?:json)?\s*([\s\S]*?)\s*```$/u;

function parseJson(text: string): Result<unknown, string> {
  const bare = text.trim();
  try {
    return ok(JSON.parse(codeBlock.exec(bare)?.[1] ?? bare, storable));
  } catch {
    return err("it is no complete JSON.");
  }
}

/** No database column holds NUL or half a character. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value;
}
