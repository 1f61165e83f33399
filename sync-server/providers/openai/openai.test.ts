import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { azureLike, openAiLike } from "../../../testing/ai/stand-ins/openai-like.ts";
import { secret } from "../../../testing/ai/stand-ins/dialect.ts";
import {
  hangs,
  hangsUp,
  sends,
  startModelServer,
  type ModelServer,
} from "../../../testing/ai/stand-ins/model-server.ts";
import { stageProvider } from "../../../testing/ai/stand-ins/stage-provider.ts";
import { describeModelProvider, questionOf } from "../../../testing/contracts/model-provider.ts";
import { describeModelWire } from "../../../testing/contracts/model-wire.ts";
import type { ModelProvider } from "../../ai/index.ts";
import { createOpenAiProvider } from "./index.ts";

const dialects = [openAiLike("openai"), openAiLike("compatible"), azureLike()];
for (const dialect of dialects) {
  describeModelProvider(dialect.name, () => stageProvider(dialect, createOpenAiProvider));
  describeModelWire(dialect, createOpenAiProvider);
}

const { signal } = new AbortController();

describe.each(dialects)("what else $name does", (dialect) => {
  const isAzure = dialect.name === "azure";
  /** Azure's models are deployments, each with an address of its own. */
  const pathTo = (what: string, model: string) =>
    isAzure ? `/openai/deployments/${model}/${what}?api-version=2025-01-01` : `/v1/${what}`;
  let server: ModelServer;
  let provider: ModelProvider;
  beforeEach(async () => {
    server = await startModelServer();
    provider = createOpenAiProvider(dialect.access(server.url));
  });
  afterEach(() => server.close());

  test("says of a batch whose file did not go up that it used nothing", async ({ skip }) => {
    skip(isAzure, "Azure's batches are not used");
    server.replies(hangsUp);
    const used = { inputTokens: 0, outputTokens: 0 };
    expect(await provider.batches?.submit("mark", [])).toMatchObject({
      error: { code: "unreachable", usage: used },
    });
    server.replies(sends(200, { novelty: 1 }));
    expect(await provider.batches?.submit("mark", [])).toMatchObject({
      error: { code: "unreadable", usage: used },
    });
  });

  const embed = (data: unknown, usage: unknown = { prompt_tokens: 4 }) => {
    server.replies(sends(200, { object: "list", data, usage }));
    return provider.embed({ model: "embed-1", texts: ["rent", " \0"], signal });
  };

  test("embeds texts in their order", async () => {
    const data = [
      { index: 1, embedding: [0, 1] },
      { index: 0, embedding: [0.5, 0.25] },
    ];
    const vectors = [Float32Array.of(0.5, 0.25), Float32Array.of(0, 1)];
    expect(await embed(data)).toEqual({
      ok: true,
      value: { vectors, usage: { inputTokens: 4, outputTokens: 0 } },
    });
    expect(await embed(data, { prompt_tokens: -1 })).toEqual({ ok: true, value: { vectors, usage: null } });
    const [{ path, body, headers } = expect.fail()] = server.asked;
    expect([path, body]).toEqual([
      pathTo("embeddings", "embed-1"),
      { model: "embed-1", input: ["rent", "-"], encoding_format: "float" },
    ]);
    expect(headers).toMatchObject(dialect.envelope.headers);
  });

  test.each([
    [401, "no-access"],
    [429, "busy"],
    [500, "failed"],
    [413, "too-long"],
  ])("embeds nothing where it is answered %i, asks once, and quotes nobody", async (status, code) => {
    server.replies(sends(status, dialect.fault({ type: "some_error" })));
    const answer = await provider.embed({ model: "embed-1", texts: ["rent"], signal });
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(answer)).not.toContain(secret.slice(0, 12));
    expect(server.asked).toHaveLength(1);
  });

  test("is not waited for once nobody wants its vectors any more", async () => {
    server.replies(hangs);
    const wait = new AbortController();
    const answer = provider.embed({ model: "embed-1", texts: ["rent"], signal: wait.signal });
    await expect.poll(() => server.asked).toHaveLength(1);
    wait.abort(new DOMException("There was no answer in time.", "TimeoutError"));
    expect(await answer).toMatchObject({ ok: false, error: { code: "timed-out" } });
    await expect.poll(() => server.hungUp()).toBe(1);
  });

  test.each([
    ["too few", [{ index: 0, embedding: [1] }]],
    [
      "one of them twice",
      [
        { index: 0, embedding: [1] },
        { index: 0, embedding: [1] },
      ],
    ],
    [
      "of two sizes",
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: [1, 2] },
      ],
    ],
    [
      "of no numbers",
      [
        { index: 0, embedding: [null] },
        { index: 1, embedding: ["1"] },
      ],
    ],
    ["no list", "nothing"],
  ])("takes no vectors that are %s", async (_, data) => {
    expect(await embed(data)).toMatchObject({ ok: false, error: { code: "unreadable" } });
  });

  test("asks nobody about no texts", async () => {
    expect(await provider.embed({ model: "embed-1", texts: [], signal })).toMatchObject({
      ok: true,
      value: { vectors: [] },
    });
    expect(server.asked).toEqual([]);
  });

  const draw = (data: unknown, usage?: unknown) => {
    server.replies(sends(200, { created: 1, data, usage }));
    return provider.draw({ model: "picture-1", description: "A house", signal, byRules: () => "<svg/>" });
  };
  const png = Buffer.from("89504e470d0a1a0a0000", "hex");

  test("draws, and knows a picture by what it is", async () => {
    expect(await draw([{ b64_json: png.toString("base64") }])).toEqual({
      ok: true,
      value: { bytes: png, mimeType: "image/png", usage: null },
    });
    const body = { model: "picture-1", prompt: "A house", n: 1 };
    const [asked] = server.asked;
    expect(asked?.path).toBe(pathTo("images/generations", "picture-1"));
    expect(asked?.body).toEqual(
      dialect.name === "compatible" ? { ...body, response_format: "b64_json" } : body,
    );
  });

  test.each([
    [
      "tokens",
      { input_tokens: 50, output_tokens: 4_160, total_tokens: 4_210 },
      { inputTokens: 50, outputTokens: 4_160 },
    ],
    ["no count", { input_tokens: 50, output_tokens: "many" }, null],
    ["something else", 7, null],
  ])("says of a picture what was used where it is told in tokens: %s", async (_, told, usage) => {
    const data = [{ b64_json: png.toString("base64") }];
    expect(await draw(data, told)).toMatchObject({ ok: true, value: { mimeType: "image/png", usage } });
  });

  test.each([
    ["a link", [{ url: "http://127.0.0.1:9/picture.png" }]],
    ["no picture", [{ b64_json: Buffer.from("<script>").toString("base64") }]],
    ["nothing", []],
  ])("takes %s for none", async (_, data) => {
    expect(await draw(data)).toMatchObject({ ok: false, error: { code: "unreadable" } });
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    ["a filter behind 400", 400, { code: "content_filter" }, "refused"],
    ["a picture that may not be", 400, { code: "moderation_blocked" }, "refused"],
    [
      "an account without credit",
      429,
      { type: "insufficient_quota", code: "insufficient_quota" },
      "no-access",
    ],
    ["prose alone", 400, { message: "This model's maximum context length is 8 tokens" }, "too-long"],
  ])("reads the provider's own word for it: %s", async (_, status, error, code) => {
    server.replies(sends(status, { error }));
    const answer = await provider.draw({ model: "p", description: "A house", signal, byRules: () => "" });
    expect(answer).toMatchObject({ ok: false, error: { code } });
  });
});

test("a version of Azure's that knows no effort of reasoning is told none", async () => {
  const server = await startModelServer();
  const dialect = azureLike();
  server.replies(sends(200, dialect.says("ok")));
  const question = questionOf({ reasoning: { tokens: 2_000, effort: "low" } });
  for (const apiVersion of [null, "2024-10-21", "2024-12-01-preview"])
    await createOpenAiProvider({ ...dialect.access(server.url), apiVersion }).complete(question);
  await server.close();
  expect(server.asked.map((asked) => dialect.read(asked))).toMatchObject([
    { mostTokens: 2_100, effort: null },
    { mostTokens: 2_100, effort: null },
    { mostTokens: 2_100, effort: "low" },
  ]);
});

test("Azure's address is taken as people paste it, and a version that is none set up for", async () => {
  const server = await startModelServer();
  server.replies(sends(200, azureLike().says("ok")));
  for (const tail of ["", "/", "/openai", "/openai/"])
    await createOpenAiProvider({ kind: "azure", baseUrl: server.url + tail, apiKey: "k", apiVersion: null }).embed({ model: "e", texts: ["a"], signal }); // prettier-ignore
  await server.close();
  const path = "/openai/deployments/e/embeddings?api-version=2024-10-21";
  expect(server.asked.map((asked) => asked.path)).toEqual([path, path, path, path]);
});
