import { expect, test } from "vitest";
import { noReasoning, reasoningByName, reasoningOf } from "./reasoning.ts";

test.each([
  ["openai", "gpt-5", 2_000, "minimal"],
  ["openai", "gpt-5-nano-2025-08-07", 2_000, "minimal"],
  // Those after it do not know "minimal".
  ["openai", "gpt-5.1", 4_000, "low"],
  ["azure", "gpt-5.4-mini-2026-03-17", 4_000, "low"],
  ["openai", "gpt-6.1-sol", 4_000, "low"],
  ["openai", "o3", 4_000, "low"],
  ["openai", "o4-mini-2025-04-16", 4_000, "low"],
  ["openai", "o1-mini", 8_000, null],
  ["openai", "gpt-5.2-pro", 8_000, null],
  ["openai", "gpt-5.2-chat-latest", 8_000, null],
  ["openai", "gpt-5-chat-latest", 0, null],
  ["openai", "gpt-4.1-mini", 0, null],
  ["openai", "gpt-4o-2024-11-20", 0, null],
  ["anthropic", "claude-sonnet-5-5", 4_000, "low"],
  ["anthropic", "claude-opus-5", 4_000, "low"],
  ["anthropic", "claude-sonnet-4-5-20250929", 0, null],
  ["anthropic", "claude-3-5-haiku-20241022", 0, null],
  ["compatible", "openai/gpt-5-mini", 4_000, null],
  ["compatible", "qwen3:8b", 4_000, null],
  ["compatible", "deepseek-r1:14b", 4_000, null],
  ["compatible", "llama3.3", 0, null],
  ["azure", "our-model", 0, null],
  // Names of deployments have no dot.
  ["azure", "gpt-35-turbo", 0, null],
  ["azure", "gpt-35-turbo-chat", 0, null],
  ["azure", "gpt-41-mini", 0, null],
  ["azure", "gpt-45-pro", 0, null],
  ["azure", "gpt-51", 4_000, "low"],
] as const)("%s's %s may think with %i tokens, at the effort %s", (kind, wireName, tokens, effort) => {
  expect(reasoningByName({ kind, wireName })).toEqual({ tokens, effort });
});

test("what the catalogue says of a model comes before its name", () => {
  const of = { kind: "azure", wireName: "our-model" } as const;
  const unsaid = { reasoningTokens: null, reasoningEffort: null };
  expect(reasoningOf(of, unsaid)).toEqual(noReasoning);
  expect(reasoningOf(of, { reasoningTokens: 3_000, reasoningEffort: "none" })).toEqual({ tokens: 3_000, effort: "none" }); // prettier-ignore
  const known = { kind: "openai", wireName: "gpt-5" } as const;
  expect(reasoningOf(known, { ...unsaid, reasoningTokens: 500 })).toEqual({ tokens: 500, effort: "minimal" });
  expect(reasoningOf(known, { ...unsaid, reasoningTokens: 0 })).toEqual({ tokens: 0, effort: "minimal" });
  expect(reasoningOf(known, { ...unsaid, reasoningEffort: "unsaid" })).toEqual({
    tokens: 2_000,
    effort: null,
  });
});
