import { err, type Result } from "../../../shared/result/result.ts";
import type { ProviderFailure, Usage } from "../../ai/index.ts";

type Code = ProviderFailure["code"];

/** For people. A provider's own words may quote what was asked: none of them is passed on. */
const messages: Record<Code, string> = {
  unreachable: "The provider cannot be reached.",
  failed: "The provider has a fault.",
  busy: "The provider has too much to do, or this account has asked too often.",
  "timed-out": "The provider gave no answer in time.",
  "cut-off": "The provider's answer broke off.",
  "no-access": "The provider does not take this key, or the account has no credit.",
  refused: "The model declined to answer.",
  "too-long": "The question is longer than the model can read.",
  unreadable: "The provider's answer could not be read.",
  unsupported: "The provider cannot do what was asked.",
};

export function failure(code: Code, more: Partial<Omit<ProviderFailure, "code">> = {}): ProviderFailure {
  return { code, message: messages[code], retryAfterMs: null, usage: null, ...more };
}

export function failed(code: Code, usage: Usage | null = null): Result<never, ProviderFailure> {
  return err(failure(code, { usage }));
}

/** What a provider answered instead of an answer; `type` and `code` are its own words for it, where it has any. */
export type Refusal = {
  status: number;
  headers: Headers | undefined;
  words: { type: unknown; code: unknown; message: unknown };
};

export function failureOfStatus({ status, headers, words }: Refusal): ProviderFailure {
  const code = codeOfWords(words) ?? codeOfStatus(status);
  const message = messages[code].replace(/\.$/u, ` (${status}).`);
  return failure(code, { message, retryAfterMs: headers ? readRetryAfter(headers, Date.now()) : null });
}

/** Names of faults by OpenAI, Azure and Anthropic, which say more than the status: one may hide behind 400 or 429. */
const codes: ReadonlyMap<string, Code> = new Map([
  ["context_length_exceeded", "too-long"],
  ["string_above_max_length", "too-long"],
  ["request_too_large", "too-long"],
  ["content_filter", "refused"],
  ["content_policy_violation", "refused"],
  ["moderation_blocked", "refused"],
  ["ResponsibleAIPolicyViolation", "refused"],
  ["insufficient_quota", "no-access"],
  ["billing_hard_limit_reached", "no-access"],
  ["billing_error", "no-access"],
  ["invalid_api_key", "no-access"],
  ["authentication_error", "no-access"],
  ["permission_error", "no-access"],
  ["rate_limit_error", "busy"],
  ["rate_limit_exceeded", "busy"],
  ["overloaded_error", "failed"],
  ["server_error", "failed"],
  ["api_error", "failed"],
  ["timeout_error", "timed-out"],
]);

/** Anthropic and servers of OpenAI's form say in prose alone that a question is too long. */
const tooLong = /prompt is too long|maximum context length|context (?:length|window|size)/iu;

/** @returns undefined where they say nothing that we know */
export function codeOfWords({ type, code, message }: Refusal["words"]): Code | undefined {
  const known = codes.get(String(code)) ?? codes.get(String(type));
  if (known !== undefined && known !== "failed") return known;
  return typeof message === "string" && tooLong.test(message) ? "too-long" : known;
}

function codeOfStatus(status: number): Code {
  if (status === 401 || status === 402 || status === 403) return "no-access";
  if (status === 408) return "timed-out";
  if (status === 413) return "too-long";
  if (status === 429) return "busy";
  return status >= 500 ? "failed" : "unsupported";
}

/** @returns ms from now; null = not asked for, or in no form that we know */
export function readRetryAfter(headers: Headers, now: number): number | null {
  // OpenAI and Azure say it in milliseconds too, and mean these.
  const exact = readDelay(headers.get("retry-after-ms"), 1);
  if (exact !== null) return exact;
  const said = headers.get("retry-after");
  return readDelay(said, 1_000) ?? readDate(said, now);
}

function readDelay(said: string | null, unitMs: number): number | null {
  return said !== null && /^\s*\d{1,9}(?:\.\d+)?\s*$/u.test(said) ? Math.ceil(Number(said) * unitMs) : null;
}

function readDate(said: string | null, now: number): number | null {
  // A date of HTTP begins with a day's name; Date.parse takes much that is none, "-5" among it.
  const at = said !== null && /^\s*[A-Za-z]{3}/u.test(said) ? Date.parse(said) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
