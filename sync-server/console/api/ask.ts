import { z } from "zod";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { WireError } from "../../../shared/sync/wire.ts";

export type ApiError = WireError["error"];
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

const unreachable: ApiError = {
  code: "unavailable",
  message: "The server does not answer. Nothing was changed.",
};
const nonsense: ApiError = { code: "internal", message: "The server gave an answer that makes no sense." };

/**
 * One request to the server that served this page. The session is a cookie that the browser keeps from scripts.
 * @param path under `/api/v1`, e.g. `/people`
 * @param schema of the answer; `z.null()` where there is none
 */
export async function ask<S extends z.ZodType>(
  method: Method,
  path: string,
  schema: S,
  body?: unknown,
): Promise<Result<z.output<S>, ApiError>> {
  const json = { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return send(path, { method, ...(body === undefined ? {} : json) }, schema);
}

/** As `ask`, with a WAV file to be kept there. */
export function sendSound<S extends z.ZodType>(
  path: string,
  wav: Uint8Array<ArrayBuffer>,
  schema: S,
): Promise<Result<z.output<S>, ApiError>> {
  return send(path, { method: "PUT", headers: { "content-type": "audio/wav" }, body: wav }, schema);
}

async function send<S extends z.ZodType>(
  path: string,
  request: RequestInit,
  schema: S,
): Promise<Result<z.output<S>, ApiError>> {
  try {
    const response = await fetch(`/api/v1${path}`, request);
    const text = await response.text();
    return read(response.ok, text === "" ? null : (JSON.parse(text) as unknown), schema);
  } catch (error) {
    return err(error instanceof SyntaxError ? nonsense : unreachable);
  }
}

function read<S extends z.ZodType>(isOk: boolean, said: unknown, schema: S): Result<z.output<S>, ApiError> {
  if (!isOk) {
    const refusal = WireError.safeParse(said);
    return err(refusal.success ? refusal.data.error : nonsense);
  }
  const answer = schema.safeParse(said);
  return answer.success ? ok(answer.data) : err(nonsense);
}
