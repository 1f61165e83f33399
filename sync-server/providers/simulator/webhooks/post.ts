import type { HttpMethod } from "../carrier/model.ts";
import { signRequest } from "./sign.ts";

export interface Answer {
  ok: boolean;
  status: number;
  body: string;
  contentType: string;
}

const timeoutMs = 15_000;
const longestAnswerBytes = 64 * 1024;

/**
 * Makes one signed request in Twilio's form. A connection that cannot be made is tried once more, as Twilio does;
 * an answer that takes longer than 15 s or is longer than 64 KB is none. Never throws.
 */
export async function requestWebhook(
  authToken: string,
  url: string,
  method: HttpMethod,
  fields: Record<string, string>,
): Promise<Answer> {
  const first = await tryOnce(authToken, url, method, fields);
  return first ?? (await tryOnce(authToken, url, method, fields)) ?? failure("cannot connect");
}

async function tryOnce(
  authToken: string,
  url: string,
  method: HttpMethod,
  fields: Record<string, string>,
): Promise<Answer | null> {
  const form = new URLSearchParams(fields).toString();
  const address = method === "GET" && form ? `${url}${url.includes("?") ? "&" : "?"}${form}` : url;
  const signature = signRequest(authToken, address, method === "GET" ? {} : fields);
  try {
    const response = await fetch(address, {
      method,
      headers: {
        "X-Twilio-Signature": signature,
        "User-Agent": "TwilioProxy/1.1",
        Accept: "*/*",
        ...(method === "POST" ? { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" } : {}),
      },
      ...(method === "POST" ? { body: form } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return await readAnswer(response);
  } catch (error) {
    return (error as Error).name === "TimeoutError" ? failure("timed out") : null;
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > longestAnswerBytes) return failure("the answer is too long");
    chunks.push(chunk);
  }
  return {
    ok: response.ok,
    status: response.status,
    body: Buffer.concat(chunks).toString("utf8"),
    contentType: response.headers.get("content-type") ?? "",
  };
}

function failure(reason: string): Answer {
  return { ok: false, status: 0, body: reason, contentType: "" };
}
