import RequestClient from "twilio/lib/base/RequestClient.js";
import response from "twilio/lib/http/response.js";

// Node gives what a CommonJS module exports as its default, others what that itself calls its default.
const Response = "default" in response ? response.default : (response as never);

const twilioRest = "https://api.twilio.com";
/** A person waits for most commands; whoever must not fail tries again. */
const timeoutMs = 8_000;

type Options = Parameters<RequestClient["request"]>[0];

/** Thrown when no answer came: whether the command was carried out is not known. */
export class NoAnswer extends Error {}

/**
 * How the SDK speaks HTTP: with fetch and a time limit, and to another address where the carrier is not Twilio itself
 * but speaks its language.
 */
export class FetchClient extends RequestClient {
  readonly #restUrl: string;

  constructor(restUrl: string | null) {
    super();
    this.#restUrl = restUrl ?? twilioRest;
  }

  override async request<T>(options: Options): Promise<InstanceType<typeof Response<T>>> {
    const url = new URL(options.uri.replace(twilioRest, this.#restUrl));
    for (const [name, value] of pairsOf(options.params)) url.searchParams.append(name, value);
    const form = new URLSearchParams(pairsOf(options.data));
    const credentials = Buffer.from(`${options.username}:${options.password}`).toString("base64");
    const { status, text, headers } = await readAnswer(url, {
      method: options.method,
      headers: { authorization: `Basic ${credentials}`, accept: "application/json" },
      signal: AbortSignal.timeout(timeoutMs),
      ...(form.size > 0 ? { body: form } : {}),
    });
    return new Response(status, readBody(text) as T, Object.fromEntries(headers));
  }
}

async function readAnswer(url: URL, request: RequestInit) {
  try {
    const answer = await fetch(url, request);
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  } catch (error) {
    throw new NoAnswer(`no answer from ${url.host}`, { cause: error });
  }
}

function pairsOf(given: unknown): [string, string][] {
  return Object.entries((given ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((item): [string, string] => [name, String(item)]),
  );
}

function readBody(text: string): unknown {
  try {
    return text === "" ? "" : JSON.parse(text);
  } catch {
    return text;
  }
}
