import type { FastifyServerOptions } from "fastify";

export const logLevels = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Whatever a log line is about, these never stand in it. */
const secrets = [
  "authorization",
  "cookie",
  "set-cookie",
  "password",
  "current",
  "next",
  "token",
  "secret",
  "code",
  "challenge",
];

/** One JSON object a line, for a log collector. Addresses lose their query, which may carry tokens. */
export function logOptions(level: LogLevel): NonNullable<FastifyServerOptions["logger"]> {
  return {
    level,
    redact: {
      paths: secrets.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`, `*.*.*["${name}"]`]),
      censor: "[redacted]",
    },
    serializers: {
      req: ({ method, url, ip }: { method: string; url: string; ip: string }) => ({
        method,
        path: withoutSecrets(url),
        ip,
      }),
      err: describeError,
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
  };
}

/** Links of invitations and resets carry their token in the path, media streams their ticket. */
function withoutSecrets(url: string): string {
  const path = url.split("?")[0] ?? "";
  return path.replace(/(\/(?:invitations|password-reset|media)\/)[^/]+/u, "$1[redacted]");
}

type DescribedError = {
  type: string;
  message: string;
  stack: string;
  cause: DescribedError | undefined;
  [more: string]: unknown;
};

/**
 * A failed query says which query, but not with what: its values are people's names, numbers and notes, and both
 * the driver and Drizzle put them into the error and its message.
 */
export function describeError(error: Error & { code?: unknown; query?: unknown }): DescribedError {
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined;
  const failedQuery = typeof error.query === "string" && cause !== undefined;
  return {
    type: error.name,
    message: failedQuery ? "a query failed" : error.message,
    code: error.code,
    query: failedQuery ? error.query : undefined,
    stack: failedQuery ? withoutMessage(error.stack) : (error.stack ?? ""),
    cause,
  };
}

/** A stack begins with the message. */
function withoutMessage(stack = ""): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /u.test(line))
    .join("\n");
}

/** The same in one line, for a table: what went wrong, and nothing of what it went wrong with. */
export function summariseError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { type, message, cause } = describeError(error);
  return [`${type}: ${message}`, ...(cause ? [cause.message] : [])].join(": ").slice(0, 500);
}
