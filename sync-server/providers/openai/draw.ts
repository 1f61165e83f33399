import { z } from "zod";
import { ok, type Result } from "../../../shared/result/result.ts";
import { pictureTypeOf, type DrawnPicture, type DrawQuestion, type ProviderFailure } from "../../ai/index.ts";
import { failed } from "../wire/failure.ts";
import { orFailure } from "../wire/or-failure.ts";
import { sendable } from "../wire/sendable.ts";
import { usageOf } from "../wire/usage.ts";
import { explainFor, type Wire } from "./client.ts";

/** Newer models say how many tokens they used; older ones, and most servers of this form, say nothing. */
const Drawn = z.object({
  data: z.tuple([z.object({ b64_json: z.base64().min(1) })], z.unknown()),
  usage: z.object({ input_tokens: z.unknown(), output_tokens: z.unknown() }).partial().nullish().catch(null),
});

/** One picture. A picture that is only linked to is not fetched: the link is somebody else's. */
export function draw(
  { client, kind }: Wire,
  { model, description, signal }: DrawQuestion,
): Promise<Result<DrawnPicture, ProviderFailure>> {
  const prompt = sendable(description);
  // Other servers link to their pictures unless told not to; OpenAI's models know no such word any more.
  const format = kind === "compatible" ? { response_format: "b64_json" as const } : {};
  return orFailure(explainFor(signal), async () =>
    read(await client.images.generate({ model, prompt, n: 1, ...format }, { signal })),
  );
}

function read(answer: unknown): Result<DrawnPicture, ProviderFailure> {
  const drawn = Drawn.safeParse(answer);
  if (!drawn.success) return failed("unreadable");
  const usage = usageOf(drawn.data.usage?.input_tokens, drawn.data.usage?.output_tokens);
  const bytes = Buffer.from(drawn.data.data[0].b64_json, "base64");
  const mimeType = pictureTypeOf(bytes);
  return mimeType === null ? failed("unreadable") : ok({ bytes, mimeType, usage });
}
