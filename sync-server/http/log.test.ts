import { pino } from "pino";
import { expect, test } from "vitest";
import { describeError, logOptions } from "./log.ts";

/** What stands in the log after `write`. */
function logged(write: (log: ReturnType<typeof pino>) => void): string {
  const lines: string[] = [];
  write(pino(logOptions("info") as object, { write: (line: string) => void lines.push(line) }));
  return lines.join("");
}

test("no password, token or cookie stands in a log, however deep it was put", () => {
  const secret = "hunter2hunter2";
  const text = logged((log) => {
    log.info({ password: secret, token: secret, headers: { authorization: secret, cookie: secret } });
    log.info({
      body: { session: { token: secret } },
      req: { method: "GET", url: `/x?token=${secret}`, ip: "::1" },
    });
    log.info({ req: { method: "GET", url: `/api/v1/session/invitations/${secret}`, ip: "::1" } });
  });
  expect(text).not.toContain(secret);
  expect(text).toContain("[redacted]");
});

test("a failed query is logged without the values that it carried", () => {
  const cause = Object.assign(new Error("duplicate key"), { code: "23505", params: ["+41791234567"] });
  const failed = Object.assign(new Error("Failed query: INSERT…\nparams: +41791234567", { cause }), {
    query: "INSERT INTO leads VALUES ($1)",
    params: ["+41791234567"],
  });
  expect(JSON.stringify(describeError(failed))).not.toContain("+41791234567");
  expect(describeError(failed)).toMatchObject({
    message: "a query failed",
    query: "INSERT INTO leads VALUES ($1)",
    cause: { code: "23505", message: "duplicate key" },
  });
  expect(describeError(new Error("plain"))).toMatchObject({ message: "plain", cause: undefined });
});
