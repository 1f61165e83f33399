import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came; `body` is its JSON, or its text where it was none. */
export type Asked = {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: unknown;
};
export type Reply = (response: ServerResponse, asked: Asked) => void;

/** A real HTTP server in a provider's place. Each request gets the next of the replies; the last one stays. */
export type ModelServer = {
  url: string;
  asked: readonly Asked[];
  /** What it answers from now on. */
  replies(...replies: Reply[]): void;
  /** How many connections ended before their answer did. */
  hungUp(): number;
  close(): Promise<void>;
};

export async function startModelServer(): Promise<ModelServer> {
  const asked: Asked[] = [];
  let replies: Reply[] = [];
  let hungUp = 0;
  const server = createServer(async (request, response) => {
    response.on("close", () => (hungUp += response.writableEnded ? 0 : 1));
    const one = await read(request);
    asked.push(one);
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    reply?.(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    replies: (...next) => void (replies = next),
    hungUp: () => hungUp,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  const { method = "", url = "", headers } = request;
  return {
    method,
    path: url,
    headers,
    body: headers["content-type"] === "application/json" ? JSON.parse(text) : text,
  };
}

export function sends(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export function sendsText(text: string, contentType = "application/json"): Reply {
  return (response) => response.writeHead(200, { "content-type": contentType }).end(text);
}

/** Nothing, for ever. */
export const hangs: Reply = () => {};

/** The connection ends before anything was answered. */
export const hangsUp: Reply = (response) => response.destroy();

/** The connection ends in the middle of the body. */
export function breaksOff(whole: string): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": `${whole.length}` });
    response.write(whole.slice(0, whole.length / 2), () => response.destroy());
  };
}

/** More and more of a body, until somebody hangs up. */
export function neverEnds(contentType: string): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": contentType }).write('data: {"x":"');
    const more = Buffer.alloc(2 ** 20, "a");
    const write = () => void (response.destroyed || response.write(more, write));
    write();
  };
}

/** A stream of server-sent events, byte by byte as `events` has them; then `then`. */
export function streams(events: readonly string[], then: "end" | "destroy" | "hang" = "end"): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    const bytes = Buffer.from(events.join(""));
    // Three writes at odd places: borders of packets are no borders of events, nor of characters.
    const third = Math.ceil(bytes.length / 3) || 1;
    const write = (from: number) => {
      if (from >= bytes.length) return void finish(response, then);
      response.write(bytes.subarray(from, from + third), () => setImmediate(write, from + third));
    };
    write(0);
  };
}

/** A stream that stops behind its first `shown` events until somebody lets it go on. */
export function pauses(events: readonly string[], shown: number, until: Promise<void>): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.write(events.slice(0, shown).join(""));
    void until.then(() => response.end(events.slice(shown).join("")));
  };
}

function finish(response: ServerResponse, then: "end" | "destroy" | "hang"): void {
  if (then === "end") response.end();
  if (then === "destroy") response.destroy();
}
