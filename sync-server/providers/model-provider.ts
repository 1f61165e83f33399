import type { ModelProvider, ProviderAccess } from "../ai/index.ts";
import { createAnthropicProvider } from "./anthropic/index.ts";
import { createOpenAiProvider } from "./openai/index.ts";

/** The provider that speaks an account's form; `built-in` needs no account. */
export function providerOf(access: ProviderAccess): ModelProvider {
  return access.kind === "anthropic" ? createAnthropicProvider(access) : createOpenAiProvider(access);
}
