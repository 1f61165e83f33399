import { describe, expect, test } from "vitest";
import { noReasoning } from "../../shared/ai/reasoning.ts";
import type { ModelProvider, Piece, Question } from "../../sync-server/ai/index.ts";

/** A provider, and what makes its answers what a test wants. */
export interface ProviderUnderTest {
  provider: ModelProvider;
  /** From now on it answers this whoever asks for words; for vectors and pictures it has some of its own. */
  answers(text: string): void;
  close(): Promise<void>;
}

/** What every provider has to do, whatever it speaks. */
export function describeModelProvider(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`the models of ${name}`, () => {
    const withProvider = async (run: (under: ProviderUnderTest, question: Question) => Promise<void>) => {
      const under = await open();
      let said = "";
      const answers = (text: string) => {
        said = text;
        under.answers(text);
      };
      try {
        await run({ ...under, answers }, questionOf({ byRules: () => said }));
      } finally {
        await under.close();
      }
    };

    test.each(Object.entries(texts))("answers at once and piece by piece alike: %s", (_, text) =>
      withProvider(async ({ provider, answers }, question) => {
        answers(text);
        const completed = await provider.complete(question);
        const { shown, end } = await readAll(provider.stream(question));
        expect(completed).toMatchObject({ ok: true, value: { text, stoppedBy: "end" } });
        expect(end).toMatchObject({ ok: true, value: { text, stoppedBy: "end" } });
        expect(shown.join("")).toBe(text);
        expect(shown.every((piece) => piece.isWellFormed() && piece !== "")).toBe(true);
      }),
    );

    test("is over at once for whoever does not wait any more", () =>
      withProvider(async ({ provider, answers }, question) => {
        answers("Good morning.");
        const signal = AbortSignal.abort();
        const { end } = await readAll(provider.stream({ ...question, signal }));
        expect(end).toMatchObject({ ok: false, error: { code: "timed-out" } });
      }));

    test("gives each text a vector of one size, in the order of the texts, or says that it makes none", () =>
      withProvider(async ({ provider, answers }) => {
        answers("");
        const question = { model: "embed-1", texts: ["rent", "a balcony", "rent"], signal: noHurry };
        const embedded = await provider.embed(question);
        if (!embedded.ok) return expect(embedded.error.code).toBe("unsupported");
        const { vectors } = embedded.value;
        const [first, second, third] = vectors;
        expect(new Set(vectors.map(({ length }) => length)).size).toBe(1);
        expect(vectors).toHaveLength(3);
        expect(third).toEqual(first);
        expect(second).not.toEqual(first);
      }));

    test("draws a picture that a page can show, or says that it draws none", () =>
      withProvider(async ({ provider, answers }) => {
        answers("");
        const byRules = () => "<svg/>";
        const question = { model: "picture-1", description: "A house", signal: noHurry, byRules };
        const drawn = await provider.draw(question);
        if (!drawn.ok) return expect(drawn.error.code).toBe("unsupported");
        expect(drawn.value.mimeType).toMatch(/^image\/(?:png|jpeg|webp|svg\+xml)$/u);
        expect(drawn.value.bytes.length).toBeGreaterThan(0);
      }));

    test("counts rather too much, whatever the text", () =>
      withProvider(async ({ provider }) => {
        if (provider.kind === "rules") return expect(provider.countTokens([])).toBe(0);
        for (const text of Object.values(texts)) {
          const tokens = provider.countTokens([{ role: "user", text }]);
          expect(tokens).toBeGreaterThan(text.split(/\s+/u).length);
          expect(tokens).toBeLessThanOrEqual(Buffer.byteLength(text) + 16);
        }
      }));
  });
}

const noHurry = new AbortController().signal;

/** Texts that have broken programs before. */
export const texts = {
  "a sentence": "Good morning, this is about the flat.",
  "many lines": "One.\n\n  Two.\r\n\tThree.  ",
  "any script": "Привет 你好 नमस्ते مرحبا שלום ไทย 한국어 日本語 Ünïcødé",
  "characters of two halves": "🏠👩‍👩‍👧‍👦🇩🇪 ".repeat(50),
  "signs of the wire": 'data: [DONE]\n\nevent: error\n\n{"error":1} \\u0000 "',
  "1 MB": "A word 🏠 and another. ".repeat(40_000),
} as const;

export function questionOf(own: Partial<Question> = {}): Question {
  return {
    model: "large-1",
    messages: [
      { role: "system", text: "Answer briefly." },
      { role: "user", text: '{"data":"my secret words"}' },
    ],
    form: null,
    maxOutputTokens: 100,
    reasoning: noReasoning,
    signal: new AbortController().signal,
    byRules: () => "by rules",
    ...own,
  };
}

/** Reads a stream to its end, which must be its last piece and its only end. */
export async function readAll(stream: AsyncIterable<Piece>) {
  const shown: string[] = [];
  const ends: Extract<Piece, { kind: "end" }>["result"][] = [];
  for await (const piece of stream) {
    expect(ends).toEqual([]);
    if (piece.kind === "text") shown.push(piece.text);
    else ends.push(piece.result);
  }
  const [end] = ends;
  if (end === undefined) throw new Error("the stream had no end");
  return { shown, end };
}
