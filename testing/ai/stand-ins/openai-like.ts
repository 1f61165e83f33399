import type { ProviderAccess } from "../../../sync-server/ai/index.ts";
import {
  secret,
  type BatchDialect,
  type Dialect,
  type Ending,
  type ListedBatch,
  type ToldUsage,
} from "./dialect.ts";
import { sends, sendsText, type Asked } from "./model-server.ts";

type Body = {
  model: string;
  messages: { content: string }[];
  response_format?: { json_schema: { schema: unknown } };
  max_tokens?: number;
  max_completion_tokens?: number;
  reasoning_effort?: string;
};

const defaultUsage: ToldUsage = { input: 90, output: 12 };
const reasons = { end: "stop", length: "length", refusal: "content_filter" } as const;

/** Chat completions as OpenAI has them, and as servers of its form do. */
export function openAiLike(kind: "openai" | "compatible"): Dialect {
  return {
    ...common(kind),
    access: (url) => ({ kind, baseUrl: `${url}/v1`, apiKey: "sk-test", apiVersion: null }),
    envelope: { path: "/v1/chat/completions", headers: { authorization: "Bearer sk-test" } },
    batches,
  };
}

/** The same, by deployment and with a key of another name. */
export function azureLike(): Dialect {
  return {
    ...common("azure"),
    access: (url) => ({ kind: "azure", baseUrl: url, apiKey: "az-test", apiVersion: "2025-01-01" }),
    envelope: {
      path: "/openai/deployments/large-1/chat/completions?api-version=2025-01-01",
      headers: { "api-key": "az-test" },
    },
    batches: null,
  };
}

function common(kind: ProviderAccess["kind"]) {
  const fault: Dialect["fault"] = ({ type, code, message }) => ({
    error: { message: message ?? secret, type, code: code ?? null, param: null },
  });
  return {
    name: kind,
    read(asked: Asked) {
      const { model, messages, response_format, reasoning_effort, max_tokens, max_completion_tokens } =
        asked.body as Body;
      return {
        model,
        texts: messages.map(({ content }) => content),
        schema: response_format?.json_schema.schema ?? null,
        mostTokens: kind === "compatible" ? max_tokens : max_completion_tokens,
        effort: reasoning_effort ?? null,
      };
    },
    says: (text: string, ending: Ending = "end", usage: ToldUsage = defaultUsage) => ({
      ...{ id: "chatcmpl-1", object: "chat.completion", created: 1, model: "large-1" },
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: text, refusal: null },
          finish_reason: reasons[ending],
        },
      ],
      ...told(usage),
    }),
    events: (pieces: readonly string[], ending: Ending = "end", usage: ToldUsage = defaultUsage) => [
      chunk({ role: "assistant", content: "" }),
      ...pieces.map((content) => chunk({ content })),
      chunk({}, reasons[ending]) + event({ ...head, choices: [], ...told(usage) }) + "data: [DONE]\n\n",
    ],
    noise: [
      ": keep-alive\n\n",
      event({ object: "something.new", hello: 1 }),
      event({ ...head, choices: [], prompt_filter_results: [{ prompt_index: 0 }] }),
      event({ ...head, choices: [{ index: 0, delta: null, finish_reason: null }] }),
      "event: novelty\ndata: 17\n\n",
    ],
    fault,
    faultEvent: (type: string) => event(fault({ type })),
    busyEvent: event(fault({ type: "rate_limit_exceeded" })),
    tooLong: { status: 400, body: fault({ type: "invalid_request_error", code: "context_length_exceeded" }) },
    beyondWords: { vectors, picture: (bytes: Buffer) => ({ created: 1, data: [{ b64_json: bytes.toString("base64") }] }) }, // prettier-ignore
  };
}

/** The same text has the same vector; the last one comes first, as an order is promised to nobody. */
function vectors({ body }: Asked) {
  const { input } = body as { input: string[] };
  const data = input.map((text, index) => ({ object: "embedding", index, embedding: [1, text.length] }));
  return { object: "list", data: data.toReversed(), usage: { prompt_tokens: input.length } };
}

const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "large-1" };

function chunk(delta: Record<string, unknown>, finishReason: string | null = null): string {
  return event({ ...head, choices: [{ index: 0, delta, finish_reason: finishReason }] });
}

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function told(usage: ToldUsage): Record<string, unknown> {
  return usage === null ? {} : { usage: { prompt_tokens: usage.input, completion_tokens: usage.output } };
}

const batches: BatchDialect = {
  accepts: (batch) => [
    sends(200, { id: "file-1", object: "file" }),
    sends(200, stateOf(batch, "validating")),
  ],
  runs: (batch) => sends(200, stateOf(batch, "in_progress")),
  isDone: (batch, answers, errors, lines) => [
    sends(200, { ...stateOf(batch, "completed"), output_file_id: "file-2", error_file_id: "file-3" }),
    sendsText(errors.map(({ key }) => errorLine(key)).join("\n"), "application/octet-stream"),
    sendsText([...answers.map(answerLine), ...lines].join("\n"), "application/octet-stream"),
  ],
  lists: (pages) =>
    pages.flatMap((page, at) => [
      sends(200, { object: "list", data: page.map(listed), has_more: at < pages.length - 1 }),
      // Of those without a mark the questions are asked for.
      ...page
        .filter(({ mark }) => mark === null)
        .map(({ keys }) =>
          sendsText(
            keys.map((key) => JSON.stringify({ custom_id: key })).join("\n"),
            "application/octet-stream",
          ),
        ),
    ]),
  keysOf: ([uploaded]) =>
    [...String(uploaded?.body).matchAll(/"custom_id":"([^"]+)"/gu)].map(([, key = ""]) => key),
};

function stateOf(id: string, status: string) {
  return { id, object: "batch", status, endpoint: "/v1/chat/completions", input_file_id: "file-1" };
}

function listed({ batch, keys, mark, at }: ListedBatch) {
  return {
    ...stateOf(batch, "completed"),
    created_at: Math.floor(at.getTime() / 1_000),
    metadata: mark === null ? null : { ringside_batch: mark },
    request_counts: { total: keys.length, completed: keys.length, failed: 0 },
  };
}

function answerLine({ key, body }: { key: string; body: unknown }): string {
  return JSON.stringify({
    id: `r-${key}`,
    custom_id: key,
    response: { status_code: 200, body },
    error: null,
  });
}

function errorLine(key: string): string {
  const body = { error: { message: secret, type: "server_error", code: null } };
  return JSON.stringify({
    id: `r-${key}`,
    custom_id: key,
    response: { status_code: 500, body },
    error: null,
  });
}
