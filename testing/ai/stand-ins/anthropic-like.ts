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
  max_tokens: number;
  system?: string;
  messages: { content: string }[];
  output_config?: { format?: { schema: unknown }; effort?: string };
};

const defaultUsage: ToldUsage = { input: 90, output: 12 };
const reasons = { end: "end_turn", length: "max_tokens", refusal: "refusal" } as const;

/** Anthropic's messages. */
export function anthropicLike(): Dialect {
  return {
    name: "anthropic",
    access: (url) => ({ kind: "anthropic", baseUrl: url, apiKey: "sk-ant-test", apiVersion: null }),
    envelope: { path: "/v1/messages", headers: { authorization: "Bearer sk-ant-test" } },
    read({ body }) {
      const { model, system, messages, output_config, max_tokens } = body as Body;
      return {
        model,
        texts: [system, ...messages.map(({ content }) => content)],
        schema: output_config?.format?.schema ?? null,
        mostTokens: max_tokens,
        effort: output_config?.effort ?? null,
      };
    },
    says: (text, ending = "end", usage = defaultUsage) => ({
      ...message(ending),
      content:
        text === ""
          ? []
          : [
              { type: "thinking", thinking: "hm" },
              { type: "text", text },
            ],
      ...told(usage),
    }),
    events: (pieces, ending = "end", usage = defaultUsage) => [
      event("message_start", {
        message: { ...message(null), content: [], ...told(usage && { ...usage, output: 1 }) },
      }),
      event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
      ...pieces.map((text) =>
        event("content_block_delta", { index: 0, delta: { type: "text_delta", text } }),
      ),
      event("content_block_stop", { index: 0 }) +
        event("message_delta", { delta: { stop_reason: reasons[ending] }, ...told(usage, "output") }) +
        event("message_stop", {}),
    ],
    noise: [
      event("ping", {}),
      event("content_block_delta", { index: 0, delta: { type: "signature_delta", signature: "x" } }),
      event("something_new", { hello: 1 }),
      ": keep-alive\n\n",
      "event: novelty\ndata: 17\n\n",
    ],
    fault,
    faultEvent: (type) => event("error", fault({ type })),
    busyEvent: event("error", fault({ type: "rate_limit_error" })),
    tooLong: {
      status: 400,
      body: fault({ type: "invalid_request_error", message: `prompt is too long: 9 > 8 tokens; ${secret}` }),
    },
    beyondWords: null,
    batches,
  };
}

function fault({ type, message: said }: { type: string; message?: string }) {
  return { type: "error", error: { type, message: said ?? secret }, request_id: "req_1" };
}

function message(ending: Ending | null) {
  return {
    ...{ id: "msg_1", type: "message", role: "assistant", model: "large-1", stop_sequence: null },
    stop_reason: ending && reasons[ending],
  };
}

function event(type: string, data: Record<string, unknown>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function told(usage: ToldUsage, only?: "output"): Record<string, unknown> {
  if (usage === null) return {};
  const output = { output_tokens: usage.output };
  const cache = { cache_creation_input_tokens: null, cache_read_input_tokens: 0 };
  return { usage: only ? output : { input_tokens: usage.input, ...cache, ...output } };
}

const batches: BatchDialect = {
  accepts: (batch) => [sends(200, stateOf(batch, "in_progress"))],
  runs: (batch) => sends(200, stateOf(batch, "in_progress")),
  isDone: (batch, answers, errors, lines) => [
    sends(200, stateOf(batch, "ended")),
    sendsText(
      [
        ...answers.map(({ key, body }) => line(key, { type: "succeeded", message: body })),
        ...errors.map(({ key }) => line(key, { type: "errored", error: fault({ type: "api_error" }) })),
        ...lines,
      ].join("\n"),
      "application/x-jsonl",
    ),
  ],
  // It keeps no name of ours: what one was asked stands in its results.
  lists: (pages) =>
    pages.flatMap((page, at) => [
      sends(200, {
        data: page.map(listed),
        has_more: at < pages.length - 1,
        first_id: page[0]?.batch,
        last_id: page.at(-1)?.batch,
      }),
      ...page.map(({ keys }) =>
        sendsText(keys.map((key) => line(key, { type: "canceled" })).join("\n"), "application/x-jsonl"),
      ),
    ]),
  keysOf: ([created]) => {
    const { requests } = (created as Asked).body as { requests: { custom_id: string }[] };
    return requests.map(({ custom_id }) => custom_id);
  },
};

function stateOf(id: string, status: string) {
  const results = "https://elsewhere.example/steals-keys";
  return {
    id,
    type: "message_batch",
    processing_status: status,
    results_url: status === "ended" ? results : null,
  };
}

function listed({ batch, keys, at }: ListedBatch) {
  const counts = { processing: 0, succeeded: keys.length, errored: 0, canceled: 0, expired: 0 };
  return { ...stateOf(batch, "ended"), created_at: at.toISOString(), request_counts: counts };
}

function line(key: string, result: unknown): string {
  return JSON.stringify({ custom_id: key, result });
}
