import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { systemClock, systemTimers } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { unaskedProvider } from "../../../testing/ai/sample-attempt.ts";
import { sampleTraits } from "../../../testing/ai/sample-task.ts";
import { routeOf, stageGateway } from "../../../testing/ai/stage-gateway.ts";
import { stepTime } from "../../../testing/ai/step-time.ts";
import { withoutLimits } from "../../../testing/ai/without-limits.ts";
import { failed } from "../../providers/wire/failure.ts";
import {
  createGuard,
  ownSpace,
  type Ai,
  type AiTask,
  type AiTextTask,
  type Ledger,
  type ModelProvider,
  type ProviderFailure,
  type StreamPart,
  type Usage,
} from "../index.ts";

// What is asked, billed and remembered when the first model does not answer.

const task: AiTask<null, { text: string }> = {
  ...sampleTraits,
  schema: z.strictObject({ text: z.string() }),
  dataOf: () => ({}),
  byRules: () => ({ text: "rules" }),
};
const prose: AiTextTask<null> = { ...sampleTraits, dataOf: () => ({}), byRules: () => "rules" };
const asker = { tenantId: "north", userId: "ana" };

function providerOf(own: Partial<ModelProvider>): ModelProvider {
  return { ...unaskedProvider, ...own };
}

function saying(text: string): ModelProvider {
  const completed = (said: string) => ok({ text: said, usage: null, stoppedBy: "end" } as const);
  return providerOf({
    complete: async () => completed(JSON.stringify({ text })),
    async *stream() {
      yield { kind: "text", text };
      yield { kind: "end", result: completed(text) };
    },
  });
}

/** Says something, or nothing, and then fails. Each message is ten tokens. */
function breaking(text: string, result: Result<never, ProviderFailure>): ModelProvider {
  return providerOf({
    countTokens: (messages) => 10 * messages.length,
    async *stream() {
      if (text !== "") yield { kind: "text", text };
      yield { kind: "end", result };
    },
  });
}
const said = (outputTokens: number): Usage => ({ inputTokens: 90, outputTokens });

const down = providerOf({ complete: async () => failed("failed") });

const ask = async (ai: Ai, own: Partial<typeof task> = {}, userId = "ana") =>
  (await ai.generate({ task: { ...task, ...own }, input: null, tenantId: "north", userId })).output.text;

async function endOf(parts: AsyncIterable<StreamPart>): Promise<StreamPart | null> {
  let last: StreamPart | null = null;
  for await (const part of parts) last = part;
  return last;
}

describe("another model", () => {
  test("a budget that holds large models back leaves a hard question to the small ones", async () => {
    const limited = { code: "limited", message: "This month's budget is used up.", until: null } as const;
    const reserve: Ledger["reserve"] = async (attempt) =>
      attempt.route.role === "large" ? err(limited) : withoutLimits.reserve(attempt);
    const small = routeOf(saying("small"), { modelId: "small", role: "small" });
    const { ai } = stageGateway([routeOf(unaskedProvider), small], { reserve });
    expect(await ask(ai)).toBe("small");
    expect(await endOf(ai.stream({ task: prose, input: null, ...asker }))).toMatchObject({
      by: "model",
      model: "small",
    });
  });

  test("answers where the first one's key was revoked in the middle of it all; alone, the rules do, and say so", async () => {
    let isRevoked = false;
    const whole = saying("large");
    const locked = providerOf({
      complete: (question) => (isRevoked ? Promise.resolve(failed("no-access")) : whole.complete(question)),
      async *stream(question) {
        for await (const piece of whole.stream(question)) {
          if (piece.kind === "text") yield piece;
          // The provider looks at keys while it answers, too.
          else yield isRevoked ? { kind: "end", result: failed("no-access") } : piece;
        }
      },
    });
    const routes = [routeOf(locked), routeOf(saying("small"), { modelId: "small", role: "small" })];
    const { ai, settled } = stageGateway(routes);
    expect(await ask(ai)).toBe("large");
    isRevoked = true;
    expect(await ask(ai)).toBe("small");
    expect(await endOf(ai.stream({ task: prose, input: null, ...asker }))).toMatchObject({ model: "small" });
    routes.pop();
    expect(await endOf(ai.stream({ task: prose, input: null, ...asker }))).toMatchObject({
      ...{ kind: "end", by: "rules" },
      instead: { code: "no-access", message: expect.stringMatching(/key/u) },
    });
    expect(settled.filter(({ outcome }) => outcome === "no-access")).toHaveLength(3);
  });

  test("takes in what is too long for the first; what is too long for all is sent to none, and the words say so", async () => {
    const told: string[] = [];
    const listening = providerOf({
      countTokens: (messages) => messages.reduce((sum, { text }) => sum + text.length, 0),
      async *stream(question) {
        told.push(question.model);
        yield* saying("read").stream(question);
      },
    });
    const routes = [
      routeOf(listening, { contextTokens: 2_000, wireName: "short" }),
      routeOf(listening, { contextTokens: 100_000, wireName: "long", modelId: "long", role: "small" }),
    ];
    const { ai } = stageGateway(routes);
    const asking = (length: number) =>
      endOf(ai.stream({ task: { ...prose, dataOf: () => ({ said: "x".repeat(length) }) }, input: null, ...asker })); // prettier-ignore
    expect(await asking(20_000)).toMatchObject({ by: "model" });
    expect(await asking(200_000)).toMatchObject({ by: "rules", instead: { code: "too-long" } });
    expect(told).toEqual(["long"]);
  });

  test("one that is both small and large is not asked again what it failed of", async () => {
    const { ai, settled } = stageGateway([routeOf(down), routeOf(down, { role: "small" })]);
    expect(await ask(ai)).toBe("rules");
    expect(settled).toHaveLength(1);
  });
});

describe("what was answered before", () => {
  const kept = { sameForMs: 60_000 };

  test("somebody's own model answers nobody else, also where it took the place of one of everybody's", async () => {
    const own = routeOf(saying("own"), { modelId: "own", role: "small" });
    const routes = [routeOf(down), own];
    const { ai, noted } = stageGateway(routes);
    expect(await ask(ai, kept)).toBe("own");
    expect(await ask(ai, kept)).toBe("own");
    expect(noted).toMatchObject([{ from: "cache" }]);
    routes.pop();
    expect(await ask(ai, kept, "ben")).toBe("rules");
  });

  test("a model that is told something else, or another one in its place, is asked anew", async () => {
    const routes = [routeOf(saying("one"))];
    const { ai, settled } = stageGateway(routes);
    await ask(ai, kept);
    for (const own of [{ systemMessage: "Be brief." }, { wireName: "another" }]) {
      routes.splice(0, 1, routeOf(saying("two"), own));
      expect(await ask(ai, kept)).toBe("two");
    }
    expect(settled).toHaveLength(3);
  });

  test("vectors of another model in the place of one are not compared with its", async () => {
    const embed = (length: number): ModelProvider["embed"] => async ({ texts }) =>
      ok({ vectors: texts.map(() => new Float32Array(length).fill(1)), usage: null }); // prettier-ignore
    const routes = [routeOf(providerOf({ embed: embed(2) }), { role: "embedding" })];
    const { ai } = stageGateway(routes);
    const request = { ...asker, feature: "matching", priority: "waiting", texts: ["a"] } as const;
    const first = await ai.embed(request);
    routes.splice(0, 1, routeOf(providerOf({ embed: embed(3) }), { role: "embedding", wireName: "another" }));
    const second = await ai.embed(request);
    expect([first, second].map(({ vectors }) => vectors[0]?.length)).toEqual([2, 3]);
    expect(second.space).not.toBe(first.space);
  });
});

describe("vectors that somebody keeps", () => {
  const request = { ...asker, feature: "matching", priority: "background", texts: ["a"] } as const;
  const embeds: ModelProvider["embed"] = async ({ texts }) =>
    ok({ vectors: texts.map(() => Float32Array.of(1, 0)), usage: null });

  test("are compared with those of the same space alone: no other model is asked, and it is said what went wrong", async () => {
    const first = routeOf(providerOf({ embed: async () => failed("too-long") }), { role: "embedding" });
    const routes = [first, routeOf(providerOf({ embed: embeds }), { role: "embedding", modelId: "other" })];
    const { ai } = stageGateway(routes);
    const space = await ai.space(request);
    expect(await ai.embed({ ...request, space })).toMatchObject({ by: "rules", space: ownSpace, instead: { code: "too-long" } }); // prettier-ignore
    expect(await ai.embed(request)).toMatchObject({ by: "model", instead: null });
    expect(await ai.embed({ ...request, space: ownSpace })).toMatchObject({ by: "rules", instead: null });
    routes.length = 0;
    expect(await ai.space(request)).toBe(ownSpace);
  });

  test("are made by the next model while there is time, where the first has too much to do for a job", async () => {
    stepTime();
    const routes = [
      routeOf(providerOf({ embed: async () => failed("busy") }), { role: "embedding" }),
      routeOf(providerOf({ embed: embeds }), { role: "embedding", modelId: "next", account: "account-2" }),
    ];
    const { ai } = stageGateway(routes, {}, createGuard({ clock: systemClock, timers: systemTimers }));
    const made = ai.embed(request);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await made).toMatchObject({ by: "model", space: expect.stringContaining("next") });
  });

  test("take no room in the gateway's cache", async () => {
    const { ai, settled } = stageGateway([routeOf(providerOf({ embed: embeds }), { role: "embedding" })]);
    for (const keptByAsker of [true, true, false, false]) await ai.embed({ ...request, keptByAsker });
    expect(settled).toHaveLength(3);
  });
});

test("vectors stand in the figures of the server like answers do, and in no log of usual size", async () => {
  const vectors: ModelProvider["embed"] = async ({ texts }) =>
    ok({ vectors: texts.map(() => Float32Array.of(1)), usage: null });
  const routes = [routeOf(providerOf({ embed: vectors }), { role: "embedding" })];
  const { ai, registry, logged } = stageGateway(routes);
  const request = { ...asker, feature: "matching", priority: "waiting", texts: ["a"] } as const;
  await ai.embed(request);
  routes.splice(0, 1, routeOf(providerOf({ embed: async () => failed("failed") }), { role: "embedding", modelId: "b" })); // prettier-ignore
  await ai.embed(request);
  routes.pop();
  await ai.embed(request);
  const counted = await registry.getSingleMetric("ringside_ai_requests_total")?.get();
  expect(counted?.values.map(({ labels, value }) => [labels["task"], labels["outcome"], value])).toEqual([
    ["embed.matching", "answered", 1],
    ["embed.matching", "unavailable", 1],
    ["embed.matching", "rules", 1],
  ]);
  expect(logged()).toBe("");
});

describe("the bill", () => {
  test("of one that broke off without saying what it used is the ledger's to judge", async () => {
    const { ai, settled } = stageGateway([
      routeOf(providerOf({ complete: async () => failed("timed-out") })),
    ]);
    await ask(ai);
    expect(settled).toMatchObject([{ outcome: "timed-out", usage: null }]);
  });

  test.each<[string, string, Usage | null, Usage]>([
    ["of words without a count", "Dear Ma", null, { inputTokens: 20, outputTokens: 10 + 4_000 }],
    ["of words, counted before them", "Dear Ma", said(1), { inputTokens: 90, outputTokens: 10 + 4_000 }],
    ["of words, counted with them", "Dear Ma", said(700), { inputTokens: 90, outputTokens: 700 }],
    ["of none, which had begun", "", said(1), { inputTokens: 90, outputTokens: 10 + 4_000 }],
  ])("%s that broke off holds what may have been thought before", async (_, text, told, usage) => {
    const broken = breaking(text, failed("cut-off", told));
    const { ai, settled } = stageGateway([routeOf(broken, { reasoning: { tokens: 4_000, effort: "low" } })]);
    await endOf(ai.stream({ task: prose, input: null, ...asker }));
    expect(settled).toMatchObject([{ outcome: "cut-off", usage }]);
  });

  test("of a refusal, and of a fault before the first word, is what was said of it", async () => {
    const reasoning = { tokens: 4_000, effort: null };
    for (const broken of [
      breaking("Dear Ma", failed("refused", said(5))),
      breaking("", failed("failed", said(5))),
    ]) {
      const { ai, settled } = stageGateway([routeOf(broken, { reasoning })]);
      await endOf(ai.stream({ task: prose, input: null, ...asker }));
      expect(settled).toMatchObject([{ usage: said(5) }]);
    }
  });

  test("is written where a provider throws, too: nothing stays held back", async () => {
    const bug = new Error("a bug of the provider's");
    const provider = providerOf({ embed: () => Promise.reject(bug), complete: () => Promise.reject(bug) });
    const { ai, settled } = stageGateway([routeOf(provider), routeOf(provider, { role: "embedding" })]);
    await expect(ask(ai)).rejects.toBe(bug);
    const texts = ["a"];
    await expect(ai.embed({ ...asker, feature: "matching", priority: "waiting", texts })).rejects.toBe(bug);
    expect(settled.map(({ outcome }) => outcome)).toEqual(["failed", "failed"]);
  });

  test("of a stream that throws is written, and the process lives while its listener is slow", async () => {
    const bug = new Error("a bug of the provider's");
    const provider = providerOf({
      async *stream() {
        yield { kind: "text", text: "Dear customer of ours, we spoke " };
        throw bug;
      },
    });
    const { ai, settled } = stageGateway([routeOf(provider)]);
    const parts = ai.stream({ task: prose, input: null, ...asker })[Symbol.asyncIterator]();
    expect((await parts.next()).value).toMatchObject({ kind: "begin" });
    // An unhandled rejection would be noticed here, and fails the run.
    await nextTurn();
    expect(settled.map(({ outcome }) => outcome)).toEqual(["failed"]);
    await expect(endOf({ [Symbol.asyncIterator]: () => parts })).rejects.toBe(bug);
  });
});
