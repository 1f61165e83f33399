import type { z } from "zod";
import { systemTimers, type Timers } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { WireError } from "../../../shared/sync/wire.ts";

export type Ask = {
  method: "GET" | "POST";
  url: string;
  token?: string | null;
  body?: unknown;
  timeoutMs: number;
  signal?: AbortSignal;
  timers?: Timers;
};

/** Why there is no answer that we understand. */
export type AskError =
  /**
   * `trouble`: what is wrong at the other end, in words; null = nobody is there. `status`: of an answer that we do not
   * understand, a proxy's as a rule.
   */
  | { kind: "no-answer"; trouble: string | null; status?: number; retryAfterMs?: number }
  | { kind: "refused"; status: number; error: WireError["error"]; retryAfterMs?: number };

/**
 * One request to the server. Anything but a whole answer of the expected form counts as none: a proxy's HTML page,
 * half a body, JSON of something else. Nothing is then known about what the server did.
 */
export async function askJson<S extends z.ZodType>(
  ask: Ask,
  schema: S,
): Promise<Result<z.output<S>, AskError>> {
  const response = await readResponse(ask);
  if (!response.ok) return response;
  const { status, text, retryAfterMs } = response.value;
  const said = status === 204 ? null : parseJson(text);
  if (status >= 200 && status < 300) {
    const parsed = schema.safeParse(said);
    return parsed.success ? ok(parsed.data) : noAnswer("The server gave an answer that makes no sense.");
  }
  const refusal = WireError.safeParse(said);
  const later = retryAfterMs === null ? {} : { retryAfterMs };
  if (!refusal.success || status >= 500) {
    // Of what it cannot do at the moment it says why; of its own mistakes it has nothing to say.
    const why = refusal.success && status === 503 ? refusal.data.error.message : null;
    return err({
      kind: "no-answer",
      trouble: why ?? `The server answered with an error (${status}).`,
      ...(refusal.success ? {} : { status }),
      ...later,
    });
  }
  return err({ kind: "refused", status, error: refusal.data.error, ...later });
}

type Raw = { status: number; text: string; retryAfterMs: number | null };

async function readResponse(ask: Ask): Promise<Result<Raw, AskError>> {
  const { method, url, token, body, timeoutMs, signal, timers = systemTimers } = ask;
  const timeout = new AbortController();
  const cancel = timers.after(timeoutMs, () => timeout.abort());
  try {
    const response = await fetch(url, {
      method,
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal,
      redirect: "error",
    });
    const retryAfterMs = readRetryAfter(response.headers.get("retry-after"));
    return ok({ status: response.status, text: await response.text(), retryAfterMs });
  } catch {
    return noAnswer(timeout.signal.aborted ? "The server takes too long to answer." : null);
  } finally {
    cancel();
  }
}

function noAnswer(trouble: string | null): Result<never, AskError> {
  return err({ kind: "no-answer", trouble });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const longestRetryAfterMs = 600_000;

/** Seconds, as our server and most proxies say it; a date would need a clock that we do not trust. */
function readRetryAfter(header: string | null): number | null {
  if (header === null || !/^\d+$/u.test(header)) return null;
  return Math.min(longestRetryAfterMs, Number(header) * 1_000);
}
