import { z } from "zod";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { Completed, ProviderFailure, Usage } from "../../ai/index.ts";
import { failed } from "../wire/failure.ts";
import type { StreamReader } from "../wire/pieces-of.ts";
import { isCount, usageOf } from "../wire/usage.ts";

// What we read of answers. Their form is somebody else's promise: whatever is not of it is no answer.

const Counted = z
  .object({
    input_tokens: z.unknown(),
    output_tokens: z.unknown(),
    cache_creation_input_tokens: z.unknown(),
    cache_read_input_tokens: z.unknown(),
  })
  .partial()
  .nullish()
  .catch(null);
type Counted = z.infer<typeof Counted>;

const Message = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  stop_reason: z.string().nullish(),
  usage: Counted,
});

const Started = z.object({ type: z.literal("message_start"), message: z.object({ usage: Counted }) });
const Said = z.object({
  type: z.literal("content_block_delta"),
  delta: z.object({ type: z.literal("text_delta"), text: z.string() }),
});
const Ending = z.object({
  type: z.literal("message_delta"),
  delta: z.object({ stop_reason: z.string().nullish() }),
  usage: Counted,
});
const Event = z.union([Said, Started, Ending]);

export function readMessage(answer: unknown): Result<Completed, ProviderFailure> {
  const read = Message.safeParse(answer);
  if (!read.success) return failed("unreadable");
  const { content, stop_reason, usage } = read.data;
  const text = content.flatMap((part) => (part.type === "text" ? [part.text ?? ""] : [])).join("");
  return finish(text, stop_reason ?? "end_turn", usageOf(inputOf(usage), usage?.output_tokens));
}

/** The beginning says what was read, the end what was written; kinds of events that we do not know bring nothing. */
export function createEventReader(): StreamReader {
  let reason: string | null = null;
  let input: unknown;
  let output: unknown;
  const usage = () => usageOf(input, output);
  return {
    take(event) {
      const { data } = Event.safeParse(event);
      if (data?.type === "content_block_delta") return data.delta.text;
      const counted = data?.type === "message_start" ? data.message.usage : data?.usage;
      input = inputOf(counted) ?? input;
      output = counted?.output_tokens ?? output;
      if (data?.type === "message_delta") reason = data.delta.stop_reason ?? reason;
      return "";
    },
    result: (text) => (reason === null ? null : finish(text, reason, usage())),
    usage,
  };
}

function finish(text: string, reason: string, usage: Usage | null): Result<Completed, ProviderFailure> {
  if (reason === "refusal") return failed("refused", usage);
  const isCut = reason === "max_tokens" || reason === "model_context_window_exceeded";
  return ok({ text, usage, stoppedBy: isCut ? "length" : "end" });
}

/** What was read from and written to the cache of prompts is counted apart, and billed all the same. */
function inputOf(counted: Counted | undefined): unknown {
  if (counted?.input_tokens === undefined) return undefined;
  const parts = [
    counted.input_tokens,
    counted.cache_creation_input_tokens ?? 0,
    counted.cache_read_input_tokens ?? 0,
  ];
  return parts.every(isCount) ? parts.reduce((sum, part) => sum + part, 0) : null;
}
