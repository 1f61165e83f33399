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
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
  };
}

/** Links of invitations and resets carry their token in the path. */
function withoutSecrets(url: string): string {
  const path = url.split("?")[0] ?? "";
  return path.replace(/(\/(?:invitations|password-reset)\/)[^/]+/u, "$1[redacted]");
}
