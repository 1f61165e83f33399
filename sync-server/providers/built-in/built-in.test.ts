import fc from "fast-check";
import { expect, test } from "vitest";
import { describeModelProvider, questionOf } from "../../../testing/contracts/model-provider.ts";
import { createBuiltInProvider } from "./index.ts";

const provider = createBuiltInProvider();
const { signal } = new AbortController();

describeModelProvider("Ringside's own rules", async () => ({
  provider,
  // Each question brings what the rules say to it.
  answers: () => {},
  close: async () => {},
}));

async function embed(...texts: string[]): Promise<readonly Float32Array[]> {
  const embedded = await provider.embed({ model: "", texts, signal });
  if (!embedded.ok) throw new Error(embedded.error.message);
  return embedded.value.vectors;
}

function likeness(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return a && b ? a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0) : Number.NaN;
}

test("texts are near each other as far as they share words, in any script", async () => {
  const about = await embed(
    "A bright three-room flat with a balcony in Kreuzberg",
    "Looking for flats with three rooms and balconies, Kreuzberg or nearby",
    "Invoice 4711 is overdue since March",
    "克罗伊茨贝格的三居室公寓",
    "想要克罗伊茨贝格的公寓",
    "三月份的发票已逾期",
  );
  const [flat, wish, invoice, flatZh, wishZh, invoiceZh] = about;
  expect(likeness(flat, wish)).toBeGreaterThan(likeness(flat, invoice) + 0.2);
  expect(likeness(flatZh, wishZh)).toBeGreaterThan(likeness(flatZh, invoiceZh) + 0.2);
});

test("each text has one vector of length one, the same each time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
      const [first, second] = await embed(text, text);
      expect(likeness(first, second)).toBeCloseTo(1, 5);
    }),
  );
  expect(likeness(...((await embed("", " … ")) as [Float32Array, Float32Array]))).toBeCloseTo(1, 5);
});

test("draws what the rules draw", async () => {
  const drawn = await provider.draw({ model: "", description: "", signal, byRules: () => "<svg>ö</svg>" });
  expect(drawn).toEqual({
    ok: true,
    value: {
      ...{ bytes: new TextEncoder().encode("<svg>ö</svg>"), mimeType: "image/svg+xml" },
      usage: { inputTokens: 0, outputTokens: 0 },
    },
  });
});

test("answers a batch at once, until it is called off", async () => {
  const { batches } = provider;
  const questions = ["a", "b"].map((key) => ({ key, question: questionOf({ byRules: () => `by ${key}` }) }));
  const submitted = await batches?.submit("mark", questions);
  if (!batches || !submitted?.ok) throw new Error("it was not submitted");
  const read = await batches.read(submitted.value, signal);
  const sought = { mark: "mark", keys: ["a", "b"], since: new Date() };
  expect(await batches.find(sought, signal)).toEqual({ ok: true, value: { state: "found", batch: submitted.value } }); // prettier-ignore
  const answers = read.ok && read.value.state === "done" ? [...read.value.answers] : [];
  expect(answers).toMatchObject([["a", { ok: true, value: { text: "by a" } }], ["b", { ok: true, value: { text: "by b" } }]]); // prettier-ignore
  expect(await batches.cancel(submitted.value, signal)).toEqual({ ok: true, value: null });
  expect(await batches.read(submitted.value, signal)).toMatchObject({
    ok: false,
    error: { code: "unsupported" },
  });
  expect(await batches.find(sought, signal)).toEqual({ ok: true, value: { state: "none" } });
});
