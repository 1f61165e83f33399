import { afterEach, beforeEach, expect, test } from "vitest";
import { chatTask } from "../../sync-server/assistant/tasks.ts";
import { anthropicLike } from "../ai/stand-ins/anthropic-like.ts";
import type { Dialect } from "../ai/stand-ins/dialect.ts";
import { startModelServer, streams, type ModelServer } from "../ai/stand-ins/model-server.ts";
import { azureLike, openAiLike } from "../ai/stand-ins/openai-like.ts";
import { openModel } from "./open-model.ts";

let server: ModelServer;
beforeEach(async () => void (server = await startModelServer()));
afterEach(() => server.close());

const question = { about: "chat", leadId: null, said: "Hello" } as const;
const subject = { now: "2026-11-21T12:00:00Z", timeZone: "UTC", story: null, listing: null };

async function ask(dialect: Dialect, own: Record<string, string>) {
  server.replies(streams(dialect.events(["Good morning."])));
  const { baseUrl, apiKey } = dialect.access(server.url);
  const { ai } = openModel({ AI_BASE_URL: baseUrl, AI_API_KEY: apiKey, AI_MODEL: "large-1", ...own });
  const asker = { tenantId: "eval", userId: null };
  for await (const part of ai.stream({ task: chatTask, input: { question, subject, turns: [] }, ...asker }))
    if (part.kind === "end") expect(part).toMatchObject({ by: "model", model: own["AI_MODEL"] ?? "large-1" });
  const [asked = expect.fail()] = server.asked;
  expect(asked).toMatchObject(dialect.envelope);
  return dialect.read(asked);
}

test.each([
  ["", openAiLike("compatible")],
  ["compatible", openAiLike("compatible")],
  ["openai", openAiLike("openai")],
  ["anthropic", anthropicLike()],
  ["azure", azureLike()],
] as const)("the model is asked in the form of the provider that is named: “%s”", async (named, dialect) => {
  const version = named === "azure" ? { AI_API_VERSION: "2025-01-01" } : {};
  expect(await ask(dialect, { AI_PROVIDER: named, ...version })).toMatchObject({
    mostTokens: 900,
    effort: null,
  });
});

test("one that thinks first has room for that", async () => {
  const asked = await ask(openAiLike("openai"), { AI_PROVIDER: "openai", AI_MODEL: "gpt-5-mini" });
  expect(asked).toMatchObject({ mostTokens: 2_900, effort: "minimal" });
});

test("without an address the rules answer; a provider that nobody knows is refused", () => {
  expect(openModel({}).name).toBe("rules");
  const settings = { AI_BASE_URL: server.url, AI_MODEL: "large-1" };
  expect(() => openModel({ ...settings, AI_PROVIDER: "rules" })).toThrow(/AI_PROVIDER/u);
});
