import { beforeEach, expect, test, vi } from "vitest";
import { unaskedProvider } from "../../../testing/ai/sample-attempt.ts";
import { routeOf, stageGateway } from "../../../testing/ai/stage-gateway.ts";
import { stepTime } from "../../../testing/ai/step-time.ts";
import { withoutLimits } from "../../../testing/ai/without-limits.ts";
import { ok } from "../../../shared/result/result.ts";
import { failed } from "../../providers/wire/failure.ts";
import type { AiTextTask, Ledger, ModelProvider, ModelRoute, StreamPart } from "../index.ts";

// Models that are slow, like one on somebody's own machine.

beforeEach(stepTime);

const prose: AiTextTask<null> = {
  // Any prompt that there is: what it says is not what is tested.
  ...{
    name: "coaching.card",
    promptVersion: 1,
    feature: "coaching",
    difficulty: "hard",
    priority: "waiting",
  },
  ...{ personalData: "needed", sameForMs: 60_000, maxOutputTokens: 500, timeoutMs: 30_000 },
  ...{ dataOf: () => ({}), byRules: () => "by rules" },
};

/** Says a piece whenever so many seconds have passed; then it ends, or says nothing more for ever. */
function slow(pieces: readonly (readonly [afterS: number, text: string])[], then: "ends" | "hangs" = "ends") {
  const provider: ModelProvider = {
    ...unaskedProvider,
    async *stream({ signal }) {
      const until = Promise.withResolvers<"over">();
      signal.addEventListener("abort", () => until.resolve("over"));
      for (const [afterS, text] of [...pieces, ...(then === "hangs" ? [[1e6, ""] as const] : [])]) {
        const slept = new Promise<"on">((resolve) => void setTimeout(() => resolve("on"), afterS * 1_000));
        if ((await Promise.race([slept, until.promise])) === "over")
          return yield { kind: "end", result: failed("timed-out") };
        yield { kind: "text", text };
      }
      const text = pieces.map(([, piece]) => piece).join("");
      yield { kind: "end", result: ok({ text, usage: null, stoppedBy: "end" }) };
    },
  };
  return provider;
}

/** What is heard within so many seconds. */
async function tell(routes: readonly ModelRoute[], withinS: number, own: Partial<typeof prose> = {}) {
  const { promise: asked, resolve: begin } = Promise.withResolvers<void>();
  const reserve: Ledger["reserve"] = (attempt) => {
    begin();
    return withoutLimits.reserve(attempt);
  };
  const { ai, settled } = stageGateway(routes, { reserve });
  let text = "";
  let end: StreamPart | null = null;
  const told = (async () => {
    const request = { task: { ...prose, ...own }, input: null, tenantId: "t", userId: null };
    for await (const part of ai.stream(request))
      if (part.kind === "begin") text = "";
      else if (part.kind === "text") text += part.text;
      else end = part;
  })();
  // Its prompt is read from a file first, for which no time passes here.
  await asked;
  await vi.advanceTimersByTimeAsync(withinS * 1_000);
  await told;
  return { text: text.trimEnd(), end, settled };
}

const words = (count: number) =>
  Array.from({ length: count }, (_, at) => [10, `This is sentence ${at}. `] as const);

test("a model that still writes when its time to begin is over is heard to its end", async () => {
  const { text, end, settled } = await tell([routeOf(slow(words(12)))], 121);
  expect(text.split(". ")).toHaveLength(12);
  expect(end).toMatchObject({ by: "model", instead: null, cut: null });
  expect(settled).toMatchObject([{ outcome: "answered", firstMs: 10_000 }]);
});

test("one that falls silent is not waited for: what it said is kept as far as it came whole, and says so", async () => {
  const provider = slow([[1, "I will call you on Friday. "], [1, "Then we shall "]], "hangs"); // prettier-ignore
  const { text, end, settled } = await tell([routeOf({ ...provider, countTokens: () => 7 })], 33);
  expect(text).toBe("I will call you on Friday.");
  expect(end).toMatchObject({ by: "model", instead: null, cut: "time" });
  expect(settled).toMatchObject([{ outcome: "answered", usage: { inputTokens: 7, outputTokens: 7 } }]);
});

test("of one that had hardly begun nothing is kept: the next is asked while there is time, else the rules", async () => {
  const stuck = slow([[1, "Dear customer of ours, "]], "hangs");
  const next = routeOf(slow([[1, "All is well."]]), { modelId: "next" });
  expect(await tell([routeOf(stuck), next], 33, { timeoutMs: 60_000 })).toMatchObject({ text: "All is well.", end: { model: "next" } }); // prettier-ignore
  const alone = await tell([routeOf(stuck)], 32);
  expect(alone).toMatchObject({ text: "by rules", end: { by: "rules", instead: { code: "timed-out" } } });
  expect(alone.settled).toMatchObject([{ outcome: "timed-out" }]);
});

test("one that never ends is heard for three minutes, or for as long as the task says", async () => {
  const long = await tell([routeOf(slow(words(100)))], 181);
  expect(long.text.split(". ")).toHaveLength(17);
  expect(long.end).toMatchObject({ by: "model", cut: "time" });
  const brief = await tell([routeOf(slow(words(100)))], 26, { toldWithinMs: 25_000 });
  expect(brief).toMatchObject({ text: "This is sentence 0. This is sentence 1.", end: { cut: "time" } });
});

test("one that has not begun in time is left, as ever", async () => {
  const { text, end } = await tell([routeOf(slow([[31, "Too late."]]))], 31);
  expect([text, end]).toMatchObject(["by rules", { instead: { code: "timed-out" } }]);
});
