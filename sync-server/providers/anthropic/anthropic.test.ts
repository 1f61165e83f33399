import { expect, test } from "vitest";
import { anthropicLike } from "../../../testing/ai/stand-ins/anthropic-like.ts";
import { sends, startModelServer, streams } from "../../../testing/ai/stand-ins/model-server.ts";
import { stageProvider } from "../../../testing/ai/stand-ins/stage-provider.ts";
import { describeModelProvider, questionOf, readAll } from "../../../testing/contracts/model-provider.ts";
import { describeModelWire } from "../../../testing/contracts/model-wire.ts";
import { createAnthropicProvider } from "./index.ts";

const dialect = anthropicLike();
describeModelProvider(dialect.name, () => stageProvider(dialect, createAnthropicProvider));
describeModelWire(dialect, createAnthropicProvider);

test("what was read before a stream broke off is known, and so is what the cache of prompts took", async () => {
  const server = await startModelServer();
  const provider = createAnthropicProvider(dialect.access(server.url));
  server.replies(streams(dialect.events(["Good"]).slice(0, -1), "destroy"));
  const { end } = await readAll(provider.stream(questionOf()));
  expect(end).toMatchObject({
    ok: false,
    error: { code: "cut-off", usage: { inputTokens: 90, outputTokens: 1 } },
  });
  const usage = {
    input_tokens: 5,
    cache_creation_input_tokens: 20,
    cache_read_input_tokens: 300,
    output_tokens: 2,
  };
  server.replies(sends(200, { ...(dialect.says("Rent") as object), usage }));
  const answer = await provider.complete(questionOf());
  await server.close();
  expect(answer).toMatchObject({ ok: true, value: { usage: { inputTokens: 325, outputTokens: 2 } } });
});

test("leaves out messages without a word, which would be answered 400", async () => {
  const server = await startModelServer();
  server.replies(sends(200, dialect.says("ok")));
  const messages = [
    { role: "user", text: "Hello" },
    { role: "assistant", text: " \0" },
    { role: "user", text: "There?" },
  ] as const;
  await createAnthropicProvider(dialect.access(`${server.url}/v1/`)).complete(questionOf({ messages }));
  await server.close();
  expect(server.asked[0]?.path).toBe("/v1/messages");
  expect(server.asked[0]?.body).toMatchObject({ messages: [{ content: "Hello" }, { content: "There?" }] });
  expect(server.asked[0]?.body).not.toHaveProperty("system");
});

test("says of a batch of the same size that has not ended that it may be the one", async () => {
  const server = await startModelServer();
  const since = new Date("2026-11-22T12:00:00Z");
  const running = (size: number) => ({
    ...{ id: "batch-1", processing_status: "in_progress", created_at: since.toISOString() },
    request_counts: { processing: size, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  });
  const { batches } = createAnthropicProvider(dialect.access(server.url));
  const { signal } = new AbortController();
  const find = async (size: number) => {
    server.replies(sends(200, { data: [running(size)], has_more: false, first_id: "batch-1", last_id: "batch-1" })); // prettier-ignore
    return batches?.find({ mark: "mark", keys: ["a", "b"], since }, signal);
  };
  expect(await find(2)).toEqual({ ok: true, value: { state: "unclear" } });
  expect(await find(3)).toEqual({ ok: true, value: { state: "none" } });
  await server.close();
});

test("has neither vectors nor pictures", async () => {
  const provider = createAnthropicProvider(dialect.access("http://127.0.0.1:9"));
  const { signal } = new AbortController();
  const unsupported = { ok: false, error: { code: "unsupported" } };
  expect(await provider.embed({ model: "m", texts: ["a"], signal })).toMatchObject(unsupported);
  expect(await provider.draw({ model: "m", description: "a", signal, byRules: () => "" })).toMatchObject(
    unsupported,
  );
});
