import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { systemClock, systemTimers } from "../../../shared/result/ports.ts";
import { routeOf, stageGateway } from "../../../testing/ai/stage-gateway.ts";
import { says, startModel, type Answer } from "../../../testing/ai/start-model.ts";
import { createOpenAiProvider } from "../../providers/openai/index.ts";
import { createGuard, type AiTask, type ModelRoute, type TaskTraits } from "../index.ts";

// Gateway and guard as a server joins them, before a model that takes its time: nothing here says that it is laden but
// the questions that are under way.

const mostAtOnce = 5;
/** From so many on there would soon be somebody who waits. */
const nearlyAll = 4;

const task: AiTask<string, { text: string }> = {
  // Any prompt that there is: what it says is not what is tested.
  ...{
    name: "coaching.card",
    promptVersion: 1,
    feature: "coaching",
    difficulty: "hard",
    priority: "waiting",
  },
  ...{ personalData: "needed", sameForMs: 0, maxOutputTokens: 100, timeoutMs: 120_000 },
  schema: z.strictObject({ text: z.string() }),
  dataOf: (said) => ({ said }),
  byRules: () => ({ text: "rules" }),
};
const answered = says(JSON.stringify({ text: "done" }));

const models: Awaited<ReturnType<typeof startModel>>[] = [];
afterEach(async () => {
  for (const model of models.splice(0)) await model.close();
});

async function routeTo(answer: Answer, own: Partial<ModelRoute>) {
  const model = await startModel(answer);
  models.push(model);
  const provider = createOpenAiProvider({ kind: "compatible", ...model.access, apiVersion: null });
  return { asked: model.asked, route: routeOf(provider, own) };
}

/** A model that lets those wait who say that they came first, until `answerAll`; everybody else is answered at once. */
function holding() {
  const held: (() => void)[] = [];
  const answer: Answer = (response, asked) => {
    if (/first/u.test(asked.body.messages.at(-1)?.content ?? "")) held.push(() => answered(response, asked));
    else answered(response, asked);
  };
  const answerAll = () => {
    for (const give of held.splice(0)) give();
  };
  return { answer, answerAll };
}

test.each([
  ["what a call waits for is still the large one's where both have one account", "account-1", "large"],
  [
    "what a call waits for is the small one's as well where it has an account of its own",
    "account-2",
    "small",
  ],
] as const)(
  "while a large model is laden a small one does its hard work, and then the large one again; %s",
  async (_, account, ofCalls) => {
    const { answer, answerAll } = holding();
    const large = await routeTo(answer, { modelId: "large" });
    const small = await routeTo(answered, { modelId: "small", role: "small", account });
    const guard = createGuard({ clock: systemClock, timers: systemTimers, limits: { mostAtOnce } });
    const { ai } = stageGateway([large.route, small.route], {}, guard);
    const ask = async (said: string, priority: TaskTraits["priority"] = "waiting") =>
      (await ai.generate({ task: { ...task, priority }, input: said, tenantId: "t", userId: null })).model;

    const first = Array.from({ length: nearlyAll }, (__, at) => ask(`first ${at}`));
    await expect.poll(() => large.asked.length).toBe(nearlyAll);
    const crowd = await Promise.all(Array.from({ length: 12 }, (__, at) => ask(`crowd ${at}`)));
    expect(new Set(crowd)).toEqual(new Set(["small"]));
    expect(large.asked).toHaveLength(nearlyAll);

    expect(await ask("in a call", "live")).toBe(ofCalls);
    answerAll();
    expect(new Set(await Promise.all(first))).toEqual(new Set(["large"]));
    expect(await ask("afterwards")).toBe("large");
  },
);
