import type OpenAI from "openai";
import type { Result } from "../../../shared/result/result.ts";
import type { Completed, Piece, ProviderFailure, Question } from "../../ai/index.ts";
import { orFailure } from "../wire/or-failure.ts";
import { piecesOf, type OpenedStream } from "../wire/pieces-of.ts";
import { sendable } from "../wire/sendable.ts";
import { strictSchema } from "../wire/strict-schema.ts";
import { createChunkReader, readCompletion } from "./answers.ts";
import { explain, explainFor, knowsEffort, type Wire } from "./client.ts";

/** One question, one answer. */
export function complete(wire: Wire, question: Question): Promise<Result<Completed, ProviderFailure>> {
  const { signal } = question;
  return orFailure(explainFor(signal), async () =>
    readCompletion(await wire.client.chat.completions.create(bodyOf(wire, question), { signal })),
  );
}

/** Text as it comes. */
export function stream(wire: Wire, question: Question): AsyncIterable<Piece> {
  const { signal } = question;
  return piecesOf({
    open: () => open(wire, question),
    reader: createChunkReader(),
    explain: (error, began) => explain(error, signal, began),
    signal,
  });
}

async function open(wire: Wire, question: Question): Promise<OpenedStream> {
  const body = { ...bodyOf(wire, question), stream: true as const, stream_options: { include_usage: true } };
  const asked = wire.client.chat.completions.create(body, { signal: question.signal });
  const { data, response } = await asked.withResponse();
  return { events: data, response, stop: () => data.controller.abort() };
}

/** What one question is on the wire, asked at once or in a batch. */
export function bodyOf(
  wire: Pick<Wire, "kind" | "apiVersion">,
  { model, messages, form, maxOutputTokens, reasoning }: Question,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const most = maxOutputTokens + reasoning.tokens;
  return {
    model,
    messages: messages.map(({ role, text }) => ({ role, content: sendable(text) })),
    ...(form === null ? {} : { response_format: formatOf(form) }),
    // Servers of the same form know the older name alone, and would write on without end.
    ...(wire.kind === "compatible" ? { max_tokens: most } : { max_completion_tokens: most }),
    ...(reasoning.effort === null || !knowsEffort(wire) ? {} : { reasoning_effort: reasoning.effort }),
  };
}

function formatOf({ name, schema }: NonNullable<Question["form"]>): OpenAI.ResponseFormatJSONSchema {
  return { type: "json_schema", json_schema: { name, strict: true, schema: strictSchema(schema) } };
}
