import { OutwardFailure } from "../../http/index.ts";
import type { ProviderFailure } from "../../ai/index.ts";
import { codeOfWords, failure, failureOfStatus } from "./failure.ts";

/** What both libraries' errors have in common; each provider says which of its errors is which. */
export type ThrownError =
  | { kind: "aborted" | "timed-out" | "no-connection" }
  | { kind: "answered"; status: number | undefined; headers: Headers | undefined; body: unknown };

/**
 * @param began whether anything of an answer had come
 * @throws what neither library nor network throws: a bug
 */
export function explainError(
  error: unknown,
  thrown: ThrownError | null,
  { signal, began }: { signal: AbortSignal | undefined; began: boolean },
): ProviderFailure {
  if (signal?.aborted || thrown?.kind === "aborted" || thrown?.kind === "timed-out")
    return failure("timed-out");
  if (thrown?.kind === "answered") return failureOfAnswer(thrown.status, thrown.body, thrown.headers, began);
  if (leadsInside(error)) return failure("unreachable", { message: "This address leads into the server's own network." }); // prettier-ignore
  // The body was no JSON.
  if (error instanceof SyntaxError) return failure("unreadable");
  if (isBrokenBody(error)) return failure("cut-off");
  if (thrown?.kind === "no-connection" || isNetworkError(error)) return failure(began ? "cut-off" : "unreachable"); // prettier-ignore
  throw error;
}

/**
 * What a provider said instead of an answer. In a stream and in a batch a fault has a name but no status.
 * @param began whether anything of an answer had come
 */
export function failureOfAnswer(
  status: number | undefined,
  body: unknown,
  headers?: Headers,
  began = true,
): ProviderFailure {
  const words = wordsOf(body);
  if (status !== undefined) return failureOfStatus({ status, headers, words });
  return failure(codeOfWords(words) ?? (began ? "failed" : "unreadable"));
}

/** Both `{ error: { type, code, message } }` and what is in it. */
function wordsOf(body: unknown): { type: unknown; code: unknown; message: unknown } {
  const { error, ...outer } = asRecord(body);
  const { type, code, message, innererror } =
    typeof error === "object" && error !== null ? asRecord(error) : outer;
  return { type, code: code ?? asRecord(innererror)["code"], message };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Connections to where tenants say are judged where they are made (createOutsideAgent). */
function leadsInside(error: unknown): boolean {
  if (error instanceof OutwardFailure) return error.why === "inside";
  return error instanceof Error && leadsInside(error.cause);
}

const broken: ReadonlySet<unknown> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** Whether a connection broke on which something may have been asked already: fetch and the libraries say it by causes. */
export function brokeOnTheWay(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && broken.has(error.code)) || brokeOnTheWay(error.cause);
}

/** What fetch throws when a body ends before its time. */
function isBrokenBody(error: unknown): boolean {
  return error instanceof TypeError && error.message === "terminated";
}

/** What else fetch throws has the socket's error as its cause; our own TypeErrors have none. */
function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error;
}
