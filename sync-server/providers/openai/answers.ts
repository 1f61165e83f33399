import { z } from "zod";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { Completed, ProviderFailure, Usage } from "../../ai/index.ts";
import { failed } from "../wire/failure.ts";
import type { StreamReader } from "../wire/pieces-of.ts";
import { usageOf } from "../wire/usage.ts";

// What we read of answers. Their form is somebody else's promise: whatever is not of it is no answer.

const Counted = z
  .object({ prompt_tokens: z.unknown(), completion_tokens: z.unknown() })
  .partial()
  .nullish()
  .catch(null);
const Finish = z.string().nullish();

const Completion = z.object({
  choices: z.tuple(
    [
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: Finish,
      }),
    ],
    z.unknown(),
  ),
  usage: Counted,
});

const Chunk = z.object({
  choices: z.array(
    z.object({
      delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
      finish_reason: Finish,
    }),
  ),
  usage: Counted,
});

export function readCompletion(answer: unknown): Result<Completed, ProviderFailure> {
  const read = Completion.safeParse(answer);
  if (!read.success) return failed("unreadable");
  const { choices, usage } = read.data;
  const { message, finish_reason } = choices[0];
  if (message.refusal) return failed("refused", readUsage(usage));
  return finish(message.content ?? "", finish_reason, readUsage(usage));
}

/** The end comes in two parts: first why, then, in a chunk without choices, what it took. */
export function createChunkReader(): StreamReader {
  let reason: z.infer<typeof Finish> = null;
  let isRefused = false;
  let usage: Usage | null = null;
  return {
    take(event) {
      const { data } = Chunk.safeParse(event);
      usage = readUsage(data?.usage) ?? usage;
      const [choice] = data?.choices ?? [];
      reason = choice?.finish_reason ?? reason;
      isRefused ||= Boolean(choice?.delta?.refusal);
      return choice?.delta?.content ?? "";
    },
    result(text) {
      if (isRefused) return failed("refused", usage);
      return typeof reason === "string" ? finish(text, reason, usage) : null;
    },
    usage: () => usage,
  };
}

function finish(
  text: string,
  reason: z.infer<typeof Finish>,
  usage: Usage | null,
): Result<Completed, ProviderFailure> {
  if (reason === "content_filter") return failed("refused", usage);
  return ok({ text, usage, stoppedBy: reason === "length" ? "length" : "end" });
}

function readUsage(counted: z.infer<typeof Counted> | undefined): Usage | null {
  return usageOf(counted?.prompt_tokens, counted?.completion_tokens);
}
