import type { z } from "zod";
import type { Ai, AiFailure, AiTask, AiTextTask, TaskTraits } from "../../ai/index.ts";
import type { TriedPrompt } from "./prompt-wire.ts";

/** A task that a prompt belongs to: prose is asked for where it has no `schema`. */
export type PromptTask = TaskTraits & { schema?: z.ZodType };

type Asked = { tenantId: string; userId: string; promptVersion: number; data: unknown; said: string };
type Tried = z.input<typeof TriedPrompt>;

/** Asks a model as the task does, with its form and within its limits, about data of somebody's own. */
export function tryPrompt(ai: Ai, task: PromptTask, asked: Asked): Promise<Tried> {
  const { promptVersion, said } = asked;
  const { name, feature, difficulty, personalData, maxOutputTokens, timeoutMs, schema } = task;
  const trial = {
    ...{ name, promptVersion, feature, difficulty, personalData, maxOutputTokens, timeoutMs },
    // Somebody waits for it, and wants to see what comes of it now.
    ...{ priority: "waiting" as const, sameForMs: 0 },
    dataOf: ({ data }: Asked) => data,
    turnsOf: () => (said === "" ? [] : [{ role: "user" as const, text: said }]),
    toldWithinMs: longestTellingMs,
  };
  return schema
    ? tryForm(ai, { ...trial, schema, byRules: () => null }, asked)
    : tryProse(ai, { ...trial, byRules: () => "" }, asked);
}

/** Nobody reads along here. */
const longestTellingMs = 90_000;

async function tryForm(ai: Ai, task: AiTask<Asked, unknown>, input: Asked): Promise<Tried> {
  const { tenantId, userId } = input;
  const { output, by, model, instead } = await ai.generate({ task, input, tenantId, userId });
  const text = by === "rules" ? "" : JSON.stringify(output, null, 2);
  return { text, by, model, trouble: instead?.message ?? null };
}

async function tryProse(ai: Ai, task: AiTextTask<Asked>, input: Asked): Promise<Tried> {
  const { tenantId, userId } = input;
  let text = "";
  for await (const part of ai.stream({ task, input, tenantId, userId })) {
    if (part.kind === "begin") text = "";
    else if (part.kind === "text") text += part.text;
    else return { text, by: part.by, model: part.model, trouble: troubleOf(part.instead, part.cut !== null) };
  }
  throw new Error("a stream without an end");
}

function troubleOf(instead: AiFailure | null, isCut: boolean): string | null {
  return isCut ? "The answer was too long, or took too long, and ends early." : (instead?.message ?? null);
}
