import { z } from "zod";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { EmbeddedTexts, EmbedQuestion, ProviderFailure } from "../../ai/index.ts";
import { failed } from "../wire/failure.ts";
import { orFailure } from "../wire/or-failure.ts";
import { sendable } from "../wire/sendable.ts";
import { usageOf } from "../wire/usage.ts";
import { explainFor, type Wire } from "./client.ts";

const Embedded = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1) })),
  usage: z.object({ prompt_tokens: z.unknown() }).partial().nullish().catch(null),
});

/** One vector for each text, in their order. */
export function embed(
  { client }: Wire,
  { model, texts, signal }: EmbedQuestion,
): Promise<Result<EmbeddedTexts, ProviderFailure>> {
  // Nothing at all is no text that could be embedded.
  const input = texts.map((text) => sendable(text).trim() || "-");
  return orFailure(explainFor(signal), async () => {
    if (input.length === 0) return ok({ vectors: [], usage: usageOf(0, 0) });
    // Floats, though the library would ask for base64: not every server of this form writes that.
    const asked = client.embeddings.create({ model, input, encoding_format: "float" }, { signal });
    return read(await asked, input.length);
  });
}

function read(answer: unknown, count: number): Result<EmbeddedTexts, ProviderFailure> {
  const embedded = Embedded.safeParse(answer);
  if (!embedded.success) return failed("unreadable");
  const usage = usageOf(embedded.data.usage?.prompt_tokens, 0);
  const inOrder = embedded.data.data.toSorted((a, b) => a.index - b.index);
  const size = inOrder[0]?.embedding.length;
  const isWhole = inOrder.every(
    ({ index, embedding }, place) => index === place && embedding.length === size,
  );
  if (inOrder.length !== count || !isWhole) return failed("unreadable", usage);
  return ok({ vectors: inOrder.map(({ embedding }) => Float32Array.from(embedding)), usage });
}
