import Anthropic, {
  AnthropicError,
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from "@anthropic-ai/sdk";
import type { ProviderAccess, ProviderFailure } from "../../ai/index.ts";
import { brokeOnTheWay, explainError, type ThrownError } from "../wire/explain-error.ts";
import { failure } from "../wire/failure.ts";
import { createPlainFetch, keyOfLibrary, type Way } from "../wire/plain-fetch.ts";

export function openClient({ baseUrl, apiKey }: ProviderAccess, through: Way): Anthropic {
  return new Anthropic({
    // The library adds /v1 itself; people paste the address with and without it.
    baseURL: baseUrl.replace(/\/+$/u, "").replace(/\/v1$/u, ""),
    apiKey: apiKey || keyOfLibrary,
    fetch: createPlainFetch(apiKey === "" ? {} : { authorization: `Bearer ${apiKey}` }, through),
    // It would log requests, which hold what people said, and tell a tracer of them.
    logLevel: "off",
    openTelemetry: false,
    // Whoever asks knows how long it may take, and whether to ask again. Said at all, it stops the library from
    // refusing long answers that are not streamed.
    maxRetries: 0,
    timeout: 600_000,
    // Otherwise the library takes these from this process's environment.
    authToken: null,
    webhookKey: null,
  });
}

/** What an error of the library's is to us, when `signal` would have ended the request. */
export function explainFor(signal: AbortSignal | undefined) {
  return (error: unknown): ProviderFailure => explain(error, signal, false);
}

/** The same of what must not be asked twice: `cut-off` where it may have arrived. */
export function explainSent(error: unknown): ProviderFailure {
  return explain(error, undefined, brokeOnTheWay(error));
}

/** @param began whether anything of an answer had come */
export function explain(error: unknown, signal: AbortSignal | undefined, began: boolean): ProviderFailure {
  const thrown = sortOut(error);
  // Of its own making: an answer without a body, for one.
  if (thrown === null && error instanceof AnthropicError) return failure("unreadable");
  return explainError(error, thrown, { signal, began });
}

function sortOut(error: unknown): ThrownError | null {
  if (error instanceof APIUserAbortError) return { kind: "aborted" };
  if (error instanceof APIConnectionTimeoutError) return { kind: "timed-out" };
  if (error instanceof APIConnectionError) return { kind: "no-connection" };
  if (!(error instanceof APIError)) return null;
  return { kind: "answered", status: error.status, headers: error.headers, body: error.error };
}
