import type Anthropic from "@anthropic-ai/sdk";
import type { Result } from "../../../shared/result/result.ts";
import type { Completed, Piece, ProviderFailure, Question } from "../../ai/index.ts";
import { orFailure } from "../wire/or-failure.ts";
import { piecesOf, type OpenedStream } from "../wire/pieces-of.ts";
import { sendable } from "../wire/sendable.ts";
import { strictSchema } from "../wire/strict-schema.ts";
import { createEventReader, readMessage } from "./answers.ts";
import { explain, explainFor } from "./client.ts";

/** One question, one answer. */
export function complete(client: Anthropic, question: Question): Promise<Result<Completed, ProviderFailure>> {
  const { signal } = question;
  return orFailure(explainFor(signal), async () =>
    readMessage(await client.messages.create(bodyOf(question), { signal })),
  );
}

/** Text as it comes. */
export function stream(client: Anthropic, question: Question): AsyncIterable<Piece> {
  const { signal } = question;
  return piecesOf({
    open: () => open(client, question),
    reader: createEventReader(),
    explain: (error, began) => explain(error, signal, began),
    signal,
  });
}

async function open(client: Anthropic, question: Question): Promise<OpenedStream> {
  const asked = client.messages.create({ ...bodyOf(question), stream: true }, { signal: question.signal });
  const { data, response } = await asked.withResponse();
  return { events: data, response, stop: () => data.controller.abort() };
}

/** What one question is on the wire, asked at once or in a batch. */
export function bodyOf({
  model,
  messages,
  form,
  maxOutputTokens,
  reasoning,
}: Question): Anthropic.MessageCreateParamsNonStreaming {
  // Messages without a word are answered 400.
  const said = messages.map(({ role, text }) => ({ role, content: sendable(text) })).filter(({ content }) => content.trim() !== ""); // prettier-ignore
  const system = said.filter(({ role }) => role === "system").map(({ content }) => content);
  return {
    model,
    max_tokens: maxOutputTokens + reasoning.tokens,
    ...(system.length === 0 ? {} : { system: system.join("\n\n") }),
    messages: said.flatMap(({ role, content }) => (role === "system" ? [] : [{ role, content }])),
    ...outputConfigOf(form, reasoning.effort),
  };
}

function outputConfigOf(
  form: Question["form"],
  effort: Question["reasoning"]["effort"],
): Pick<Anthropic.MessageCreateParams, "output_config"> {
  if (form === null && effort === null) return {};
  // It knows no effort below "low".
  const known = effort === "none" || effort === "minimal" ? "low" : effort;
  return {
    output_config: {
      ...(form === null ? {} : { format: { type: "json_schema", schema: strictSchema(form.schema) } }),
      ...(known === null ? {} : { effort: known }),
    },
  };
}
