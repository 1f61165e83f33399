import { expect, test } from "vitest";
import { ok } from "../../../shared/result/result.ts";
import { unaskedProvider } from "../../../testing/ai/sample-attempt.ts";
import { proseTask, sampleTraits, titleTask } from "../../../testing/ai/sample-task.ts";
import { routeOf, stageGateway } from "../../../testing/ai/stage-gateway.ts";
import type { Ai, BrokeOff, Completed, ModelProvider, ModelRoute, Question, StreamPart, TaskTraits } from "../index.ts"; // prettier-ignore

// Answers that break off, since a model may not write more.

const traits: TaskTraits = { ...sampleTraits, sameForMs: 60_000 };
const [task, prose] = [titleTask(traits), proseTask(traits)];
const asker = { tenantId: "t", userId: null, input: null };

/** Says each text after the other, and the last again and again; those that do not end in a brace or a stop are cut. */
function saying(...texts: string[]): { provider: ModelProvider; asked: Question[] } {
  const asked: Question[] = [];
  const next = (question: Question): Completed => {
    asked.push(question);
    const text = texts[Math.min(asked.length, texts.length) - 1] ?? "";
    return { text, usage: null, stoppedBy: /[}.]$/u.test(text) ? "end" : "length" };
  };
  const provider: ModelProvider = {
    ...unaskedProvider,
    complete: async (question) => ok(next(question)),
    async *stream(question) {
      const given = next(question);
      for (const text of given.text.match(/[\s\S]{1,7}/gu) ?? []) yield { kind: "text", text };
      yield { kind: "end", result: ok(given) };
    },
  };
  return { provider, asked };
}

async function tell(ai: Ai) {
  const parts: StreamPart[] = [];
  for await (const part of ai.stream({ task: prose, ...asker })) parts.push(part);
  const from = parts.findLastIndex(({ kind }) => kind === "begin");
  const text = parts.slice(from).map((part) => (part.kind === "text" ? part.text : "")).join(""); // prettier-ignore
  return {
    text: text.trimEnd(),
    end: parts.at(-1),
    begins: parts.filter(({ kind }) => kind === "begin").length,
  };
}

test("prose is cut back to its last whole sentence, and says so; whoever asks again asks a model again", async () => {
  const { provider, asked } = saying(
    "I will call you on Friday. Then we shall look at the con",
    "All is well.",
  );
  const { ai } = stageGateway([routeOf(provider)]);
  const cut = { by: "model", instead: null, cut: "length" };
  expect(await tell(ai)).toMatchObject({ text: "I will call you on Friday.", end: cut, begins: 2 });
  expect(await tell(ai)).toMatchObject({ text: "All is well.", end: { by: "model", cut: null }, begins: 1 });
  expect(await tell(ai)).toMatchObject({ text: "All is well.", end: { cut: null } });
  expect(asked).toHaveLength(2);
});

test("where nothing is shown yet of what is left out nothing is taken back", async () => {
  const { ai } = stageGateway([routeOf(saying("I will call you. Then").provider)]);
  expect(await tell(ai)).toMatchObject({ text: "I will call you.", end: { cut: "length" }, begins: 1 });
});

test("data that broke off is asked for anew, once and with more room: it is not sent back to be repaired", async () => {
  const { provider, asked } = saying('{"title":"Re', '{"title":"Rent"}');
  const { ai, settled } = stageGateway([routeOf(provider)]);
  expect(await ai.generate({ task, ...asker })).toMatchObject({ by: "model", output: { title: "Rent" } });
  expect(asked.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([100, 200]);
  expect(asked[1]?.messages).toEqual(asked[0]?.messages);
  expect(settled.map(({ outcome }) => outcome)).toEqual(["invalid", "answered"]);
  const endless = saying('{"title":"Re');
  const answer = await stageGateway([routeOf(endless.provider)]).ai.generate({ task, ...asker });
  expect(answer).toMatchObject({ by: "rules", instead: { message: expect.stringContaining("broke off") } });
  expect(endless.asked).toHaveLength(2);
});

test("what broke off in a batch has more room at once, and is not paid a third time", async () => {
  const brokeOff: BrokeOff = { modelId: "model-1", by: "writing" };
  const { provider, asked } = saying('{"title":"Re', '{"title":"Rent"}');
  const answer = await stageGateway([routeOf(provider)]).ai.generate({ task, ...asker, brokeOff });
  expect(answer).toMatchObject({ by: "rules", instead: { message: expect.stringContaining("broke off") } });
  expect(asked.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([200]);
  const whole = saying('{"title":"Rent"}');
  const { ai } = stageGateway([routeOf(whole.provider)]);
  expect(await ai.generate({ task, ...asker, brokeOff })).toMatchObject({ output: { title: "Rent" } });
  const short = saying('{"title":"Re');
  await stageGateway([routeOf(short.provider, { maxOutputTokens: 100 })]).ai.generate({
    task,
    ...asker,
    brokeOff,
  });
  expect(short.asked).toEqual([]);
  // One that thought its room away has as much more to think as it would have had by itself.
  const thinks = saying('{"title":"Rent"}');
  await stageGateway([routeOf(thinks.provider)]).ai.generate({
    task,
    ...asker,
    brokeOff: { ...brokeOff, by: "thinking" },
  });
  expect(thinks.asked[0]).toMatchObject({ maxOutputTokens: 100, reasoning: { tokens: 8_000 } });
});

test.each<[BrokeOff["by"], number]>([
  ["writing", 0],
  ["thinking", 1],
])(
  "where what broke off by %s in a batch fails again, the next is asked with its own room",
  async (by, times) => {
    const [short, next] = [saying('{"title":"Re'), saying('{"title":"Rent"}')];
    const own = { maxOutputTokens: 100 };
    const routes = [routeOf(short.provider, own), routeOf(next.provider, { modelId: "next", ...own })];
    const brokeOff: BrokeOff = { modelId: "model-1", by };
    const answer = await stageGateway(routes).ai.generate({ task, ...asker, brokeOff });
    expect(answer).toMatchObject({ by: "model", model: "next", output: { title: "Rent" } });
    expect(short.asked).toHaveLength(times);
    expect(next.asked).toMatchObject([{ maxOutputTokens: 100, reasoning: { tokens: 0 } }]);
  },
);

test.each<[string, Partial<ModelRoute>]>([
  ["it may not write more", { maxOutputTokens: 100 }],
  ["its context leaves no more", { contextTokens: 500, reasoning: { tokens: 1_000, effort: null } }],
])("where %s a model is not paid for the same beginning twice; the next is asked", async (_, own) => {
  const [short, long] = [saying('{"title":"Re'), saying('{"title":"Rent"}')];
  const routes = [routeOf(short.provider, own), routeOf(long.provider, { modelId: "next" })];
  expect(await stageGateway(routes).ai.generate({ task, ...asker })).toMatchObject({
    by: "model",
    model: "next",
  });
  expect([short.asked.length, long.asked.length]).toEqual([1, 1]);
});
