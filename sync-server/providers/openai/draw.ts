import { z } from "zod";
import { ok, type Result } from "../../../shared/result/result.ts";
import { pictureTypeOf, type DrawQuestion, type Picture, type ProviderFailure } from "../../ai/index.ts";
import { failed } from "../wire/failure.ts";
import { orFailure } from "../wire/or-failure.ts";
import { sendable } from "../wire/sendable.ts";
import { explainFor, type Wire } from "./client.ts";

/**
 * Newer models say how many tokens they used; older ones, and most servers of this form, say nothing. What is priced is
 * a picture, so that a budget knows beforehand what one costs: their tokens are not read.
 */
const Drawn = z.object({ data: z.tuple([z.object({ b64_json: z.base64().min(1) })], z.unknown()) });

/** One picture. A picture that is only linked to is not fetched: the link is somebody else's. */
export function draw(
  { client, kind }: Wire,
  { model, description, signal }: DrawQuestion,
): Promise<Result<Picture, ProviderFailure>> {
  const prompt = sendable(description);
  // Other servers link to their pictures unless told not to; OpenAI's models know no such word any more.
  const format = kind === "compatible" ? { response_format: "b64_json" as const } : {};
  return orFailure(explainFor(signal), async () =>
    read(await client.images.generate({ model, prompt, n: 1, ...format }, { signal })),
  );
}

function read(answer: unknown): Result<Picture, ProviderFailure> {
  const drawn = Drawn.safeParse(answer);
  if (!drawn.success) return failed("unreadable");
  const bytes = Buffer.from(drawn.data.data[0].b64_json, "base64");
  const mimeType = pictureTypeOf(bytes);
  return mimeType === null ? failed("unreadable") : ok({ bytes, mimeType });
}
