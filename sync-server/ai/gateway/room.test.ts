import { afterEach, expect, test } from "vitest";
import { sends, startModel, type Answer } from "../../../testing/ai/start-model.ts";
import { proseTask, sampleTraits, titleTask } from "../../../testing/ai/sample-task.ts";
import { routeOf, stageGateway } from "../../../testing/ai/stage-gateway.ts";
import { withoutLimits } from "../../../testing/ai/without-limits.ts";
import type { Reasoning } from "../../../shared/ai/reasoning.ts";
import { createOpenAiProvider } from "../../providers/openai/index.ts";
import type { Ai, Ledger, ModelRoute, StreamPart, TaskTraits } from "../index.ts";

// Models that think before they answer: what they think counts toward what they may write.

const traits: TaskTraits = { ...sampleTraits, maxOutputTokens: 400 };
const [task, prose] = [titleTask(traits), proseTask(traits)];
const asker = { tenantId: "t", userId: null, input: null };

type Body = { max_completion_tokens: number; reasoning_effort?: string; stream?: boolean };
const room = ({ body }: { body: unknown }) => (body as Body).max_completion_tokens;

/** Thinks with so many tokens, whatever it is asked; then it has what is left for its answer. */
function thinks(tokens: number, text: string): Answer {
  return (response, asked) => {
    const isOver = room(asked) <= tokens;
    const [content, finish_reason] = isOver ? ["", "length"] : [text, "stop"];
    const usage = { prompt_tokens: 50, completion_tokens: isOver ? room(asked) : tokens + 20 };
    const head = { id: "chatcmpl-1", created: 1, model: "gpt-5" };
    const message = { role: "assistant", content, refusal: null };
    if (!(asked.body as unknown as Body).stream)
      return sends(200, { ...head, choices: [{ index: 0, message, finish_reason }], usage })(response, asked);
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const choices of [[{ index: 0, delta: message, finish_reason: null }], [{ index: 0, delta: {}, finish_reason }], []]) // prettier-ignore
      response.write(`data: ${JSON.stringify({ ...head, choices, ...(choices.length === 0 ? { usage } : {}) })}\n\n`); // prettier-ignore
    response.end("data: [DONE]\n\n");
  };
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function stage(answer: Answer, reasoning: Reasoning, own: Partial<ModelRoute> = {}) {
  const model = await startModel(answer);
  closing.push(model.close);
  const provider = createOpenAiProvider({ kind: "openai", ...model.access, apiVersion: null });
  const held: number[] = [];
  const reserve: Ledger["reserve"] = (attempt) => {
    held.push(attempt.estimate.outputTokens);
    return withoutLimits.reserve(attempt);
  };
  return { ...stageGateway([routeOf(provider, { reasoning, ...own })], { reserve }), model, held };
}

async function partsOf(ai: Ai): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of ai.stream({ task: prose, ...asker })) parts.push(part);
  return parts;
}

test("one that is known to think has room for that beside its answer; it is held back with it", async () => {
  const { ai, model, held, settled } = await stage(thinks(1_400, '{"title":"Rent"}'), { tokens: 2_000, effort: "minimal" }); // prettier-ignore
  expect(await ai.generate({ task, ...asker })).toMatchObject({ by: "model", output: { title: "Rent" } });
  expect(model.asked.map(({ body }) => body)).toMatchObject([
    { max_completion_tokens: 2_400, reasoning_effort: "minimal" },
  ]);
  expect(held).toEqual([2_400]);
  expect(settled).toMatchObject([{ outcome: "answered", usage: { outputTokens: 1_420 } }]);
});

test("one that thought its room away, which nobody knew, is asked once more with room to think", async () => {
  const { ai, model, held, settled } = await stage(thinks(1_400, '{"title":"Rent"}'), { tokens: 0, effort: null }); // prettier-ignore
  expect(await ai.generate({ task, ...asker })).toMatchObject({ by: "model" });
  expect(model.asked.map(room)).toEqual([400, 8_400]);
  // The same question: there is no answer that could be sent back.
  expect(model.asked[1]?.body.messages).toEqual(model.asked[0]?.body.messages);
  expect(held).toEqual([400, 8_400]);
  expect(settled.map(({ outcome }) => outcome)).toEqual(["invalid", "answered"]);
  const parts = await partsOf(ai);
  expect(parts.filter(({ kind }) => kind === "begin")).toHaveLength(1);
  expect(parts.at(-1)).toMatchObject({ by: "model", instead: null });
  expect(model.asked.slice(2).map(room)).toEqual([400, 8_400]);
});

test("where that is not enough either it is said as what it is, and not asked a third time", async () => {
  const { ai, model } = await stage(thinks(50_000, ""), { tokens: 6_000, effort: "low" });
  const instead = { code: "invalid", message: expect.stringContaining("thinking") };
  expect(await ai.generate({ task, ...asker })).toMatchObject({ by: "rules", instead });
  expect((await partsOf(ai)).at(-1)).toMatchObject({ instead });
  expect(model.asked.map(room)).toEqual([6_400, 12_400, 6_400, 12_400]);
});

test("one that had all that its context leaves is not asked, and paid for, the very same again", async () => {
  const { ai, model } = await stage(thinks(50_000, ""), { tokens: 30_000, effort: null }, { contextTokens: 8_000 }); // prettier-ignore
  const instead = { message: expect.stringContaining("thinking") };
  expect(await ai.generate({ task, ...asker })).toMatchObject({ by: "rules", instead });
  expect((await partsOf(ai)).at(-1)).toMatchObject({ by: "rules", instead });
  expect(model.asked).toHaveLength(2);
});

test("room to think is no reason why a question would be too long: it gets what is left", async () => {
  const { ai, model } = await stage(thinks(0, '{"title":"Rent"}'), { tokens: 30_000, effort: null }, { contextTokens: 8_000 }); // prettier-ignore
  expect(await ai.generate({ task, ...asker })).toMatchObject({ by: "model" });
  const [asked = 0] = model.asked.map(room);
  expect([asked > 4_000, asked < 8_000]).toEqual([true, true]);
});
