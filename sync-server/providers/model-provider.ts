import type { ModelProvider, ProviderAccess } from "../ai/index.ts";
import { createAnthropicProvider } from "./anthropic/index.ts";
import type { Way } from "./wire/plain-fetch.ts";
import { createOpenAiProvider } from "./openai/index.ts";

/**
 * The provider that speaks an account's form; `built-in` needs no account.
 * @param through what connections are made by; without it they may lead anywhere
 */
export function providerOf(access: ProviderAccess, through?: Way): ModelProvider {
  const create = access.kind === "anthropic" ? createAnthropicProvider : createOpenAiProvider;
  return create(access, through);
}
