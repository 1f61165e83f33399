import { request as requestHttp, type IncomingMessage, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { lookupOutside, OutwardFailure, refusalOfNumber } from "./outside.ts";

/** As `fetch`, for the part of it that a client of a protocol needs. */
export type OutwardFetch = (
  url: string,
  init: {
    method?: string;
    headers?: Record<string, string>;
    body?: unknown;
    signal?: AbortSignal | undefined;
  },
) => Promise<Response>;

const timeoutMs = 10_000;
const mostBytes = 1024 * 1024;

/**
 * Asks an address that a tenant has named. Where `mayReachInside` is false it refuses what leads into this machine or its
 * network, judged by the address that is really connected to: a name may say something else the second time. Follows no
 * redirects and reads 1 MB at most.
 */
export function createOutwardFetch({ mayReachInside }: { mayReachInside: boolean }): OutwardFetch {
  return async (address, { method = "GET", headers = {}, body, signal }) => {
    const url = new URL(address);
    const refused = mayReachInside ? null : refusalOfNumber(url.hostname);
    if (refused) throw refused;
    const limit = AbortSignal.timeout(timeoutMs);
    const options: RequestOptions = {
      method,
      headers,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      // A connection that stands open may be somebody's to whom nothing was judged.
      ...(mayReachInside ? {} : { lookup: lookupOutside, agent: false }),
    };
    return send(url, options, body);
  };
}

function send(url: URL, options: RequestOptions, body: unknown): Promise<Response> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(describe(error, url));
    const asked = request(url, options, (answer) => {
      void readAnswer(answer).then(resolve, fail);
    });
    asked.once("error", fail);
    if (body === undefined || body === null) asked.end();
    else asked.end(body instanceof Uint8Array ? body : String(body));
  });
}

async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new OutwardFailure("too-large", "The answer is longer than 1 MB.");
    parts.push(part);
  }
  const status = answer.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  const isEmpty = status === 204 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(parts), { status, headers });
}

function describe(error: Error & { code?: string }, { host }: URL): OutwardFailure {
  if (error instanceof OutwardFailure) return error;
  const because: Record<string, string> = {
    ENOTFOUND: "there is no such name",
    EAI_AGAIN: "its name could not be looked up",
    ECONNREFUSED: "nothing answers there",
    ECONNRESET: "it broke the connection off",
    ABORT_ERR: "it did not answer within 10 s",
  };
  const why =
    because[error.code ?? ""] ?? (isCertificate(error.code) ? "its certificate is not trusted" : error.code);
  return new OutwardFailure("unreachable", `${host} cannot be reached: ${why ?? "the connection failed"}.`);
}

function isCertificate(code = ""): boolean {
  return /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/u.test(code);
}
