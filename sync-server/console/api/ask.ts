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

/**
 * As `ask`, with a file that takes a while. By an older means than `fetch`, which does not tell how far it is.
 * @param onSent bytes that are on their way
 */
export function sendFile<S extends z.ZodType>(
  path: string,
  {
    file,
    type,
    onSent,
    signal,
  }: { file: File; type: string; onSent: (bytes: number) => void; signal: AbortSignal },
  schema: S,
): Promise<Result<z.output<S>, ApiError>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1${path}`);
    request.setRequestHeader("content-type", type);
    request.upload.addEventListener("progress", ({ loaded }) => onSent(loaded));
    request.addEventListener("load", () => {
      const isOk = request.status >= 200 && request.status < 300;
      resolve(readText(isOk, request.responseText, schema));
    });
    for (const end of ["error", "abort"]) request.addEventListener(end, () => resolve(err(unreachable)));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

async function send<S extends z.ZodType>(
  path: string,
  request: RequestInit,
  schema: S,
): Promise<Result<z.output<S>, ApiError>> {
  try {
    const response = await fetch(`/api/v1${path}`, request);
    return readText(response.ok, await response.text(), schema);
  } catch {
    return err(unreachable);
  }
}

function readText<S extends z.ZodType>(
  isOk: boolean,
  text: string,
  schema: S,
): Result<z.output<S>, ApiError> {
  try {
    return read(isOk, text === "" ? null : (JSON.parse(text) as unknown), schema);
  } catch {
    return err(nonsense);
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
