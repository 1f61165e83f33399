import OpenAI, {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AzureOpenAI,
  OpenAIError,
} from "openai";
import type { ProviderAccess, ProviderFailure } from "../../ai/index.ts";
import { brokeOnTheWay, explainError, type ThrownError } from "../wire/explain-error.ts";
import { failure } from "../wire/failure.ts";
import { createPlainFetch, keyOfLibrary, type Way } from "../wire/plain-fetch.ts";

/** Where questions go, and whose dialect is spoken there. */
export type Wire = { client: OpenAI } & Pick<ProviderAccess, "kind" | "apiVersion">;

/** The first that knows structured output and counts tokens of streams, and is no preview. */
const azureVersion = "2024-10-21";
/** The first of Azure's that takes an effort of reasoning: those before answer 400. */
const azureEffortVersion = "2024-12-01";

export function knowsEffort({ kind, apiVersion }: Pick<Wire, "kind" | "apiVersion">): boolean {
  return kind !== "azure" || (apiVersion ?? azureVersion) >= azureEffortVersion;
}

export function openClient({ kind, baseUrl, apiKey, apiVersion }: ProviderAccess, through: Way): OpenAI {
  const common = {
    apiKey: apiKey || keyOfLibrary,
    fetch: createPlainFetch(keyHeader(kind, apiKey), through),
    // It would log requests, which hold what people said.
    logLevel: "off" as const,
    // Whoever asks knows how long it may take, and whether to ask again.
    maxRetries: 0,
    // Otherwise the library takes these from this process's environment.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
  };
  if (kind !== "azure") return new OpenAI({ ...common, baseURL: baseUrl });
  return new AzureOpenAI({
    ...common,
    baseURL: azureBase(baseUrl),
    apiVersion: apiVersion ?? azureVersion,
  });
}

/** Nothing for a server that wants no key. */
function keyHeader(kind: ProviderAccess["kind"], apiKey: string): Record<string, string> {
  if (apiKey === "") return {};
  return kind === "azure" ? { "api-key": apiKey } : { authorization: `Bearer ${apiKey}` };
}

/** People paste the resource's address with and without the path behind it. */
function azureBase(baseUrl: string): string {
  return `${baseUrl.replace(/\/+$/u, "").replace(/\/openai$/u, "")}/openai`;
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
  if (thrown === null && error instanceof OpenAIError) return failure("unreadable");
  return explainError(error, thrown, { signal, began });
}

function sortOut(error: unknown): ThrownError | null {
  if (error instanceof APIUserAbortError) return { kind: "aborted" };
  if (error instanceof APIConnectionTimeoutError) return { kind: "timed-out" };
  if (error instanceof APIConnectionError) return { kind: "no-connection" };
  if (!(error instanceof APIError)) return null;
  return { kind: "answered", status: error.status, headers: error.headers, body: error.error };
}
