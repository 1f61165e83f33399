import type { Dispatcher } from "undici";

/** What connections are made by; undefined = they may lead anywhere. */
export type Way = Dispatcher | undefined;

/** The libraries insist on a key, of an account that has none as well. It is never sent. */
export const keyOfLibrary = "none";

/** What a provider must know of a request; all else is the library's curiosity, or somebody's environment. */
const sent: ReadonlySet<string> = new Set(["accept", "anthropic-version", "content-type", "user-agent"]);

/**
 * `fetch` for the providers' libraries, with the headers that let us in. They add others about this machine, and from
 * the process's environment (`OPENAI_CUSTOM_HEADERS`), which may be other keys; they would follow a redirect with key
 * and question to wherever it leads; and they keep an answer in memory however long it is.
 */
export function createPlainFetch(access: Readonly<Record<string, string>>, through: Way): typeof fetch {
  return async (input, init = {}) => {
    const plain = [...new Headers(init.headers)].filter(([name]) => sent.has(name));
    const headers = { ...Object.fromEntries(plain), ...access };
    // Node's own `fetch` takes the package's connections, and its types name those of its own version.
    const way: object = through ? { dispatcher: through } : {};
    const asked = fetch(input, { ...init, ...way, headers, redirect: "error" }).catch(sayWhereItBroke);
    return withinBounds(await asked);
  };
}

/** The libraries take whatever is called a timeout for an answer that came too late, which may be billed. */
function sayWhereItBroke(error: unknown): never {
  const cause = error instanceof Error ? error.cause : null;
  const isConnecting = cause instanceof Error && "code" in cause && cause.code === "UND_ERR_CONNECT_TIMEOUT";
  if (!isConnecting) throw error;
  throw new TypeError("fetch failed", { cause: new Error("nothing answers there") });
}

const megabyte = 2 ** 20;
/** Pictures and the answers of a batch are the longest; of a stream, 30,000 words are less. */
const most = { whole: 32 * megabyte, stream: 8 * megabyte };

/** Anybody's server may stand at an address: one that never ends must not fill this one's memory. */
function withinBounds(response: Response): Response {
  if (response.body === null) return response;
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  let left = isStream ? most.stream : most.whole;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      left -= chunk.byteLength;
      // As for any other answer that is not of the form.
      if (left < 0) controller.error(new SyntaxError("the answer is too long"));
      else controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counted), response);
}
