import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import type { DeviceId } from "../../../shared/entities/id.ts";
import { feedStart, protocolVersion, type PullRequest, type StreamDown } from "../../../shared/sync/wire.ts";
import { createHttpTransport } from "./http-transport.ts";
import type { TransportError } from "./transport.ts";

// Whatever stands between a desk and its server: each of these answers was given by some proxy, once.
let http: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let onSocket: (socket: WebSocket) => void;
let url: string;

beforeEach(async () => {
  http = createServer((request, response) => answer(request, response));
  const sockets = new WebSocketServer({ noServer: true });
  http.on("upgrade", (request, socket, head) => {
    // Who is refused may reset the connection before it was told all of it.
    socket.on("error", () => socket.destroy());
    if (request.headers.authorization !== "Bearer good") {
      const body = JSON.stringify({ error: { code: "revoked", message: "Signed out." } });
      socket.end(
        `HTTP/1.1 401 Unauthorized\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
    } else sockets.handleUpgrade(request, socket, head, (opened) => onSocket(opened));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => {
  http.closeAllConnections();
  http.close();
});

const request: PullRequest = {
  protocol: protocolVersion,
  device: "device-1" as DeviceId,
  collection: "leads",
  checkpoint: feedStart,
  scope: "",
  limit: 10,
};
const page = {
  scope: "s",
  checkpoint: feedStart,
  docs: [{ id: "lead-1", rev: 1, name: "Maria", later: 1 }],
  gone: [],
  done: true,
  total: 1,
};
const transport = (token = "good", own: { pullTimeoutMs?: number } = {}) =>
  createHttpTransport({ serverUrl: url, token, ...own });
const pull = (own = {}) => transport("good", own).pull(request, new AbortController().signal);
const say = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  answer = (_request, response) =>
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
};
const refusal = (code: string) => ({ error: { code, message: `It is ${code}.` } });

describe("pull and push", () => {
  test("a whole answer arrives, with fields that this desk does not know yet", async () => {
    let sent = "";
    answer = (incoming, response) => {
      expect(incoming.headers.authorization).toBe("Bearer good");
      incoming.on("data", (part) => (sent += String(part)));
      incoming.on("end", () => response.end(JSON.stringify(page)));
    };
    expect(await pull()).toEqual({ ok: true, value: page });
    expect(JSON.parse(sent)).toEqual(request);
  });

  test.each([
    ["an error of the server", 500, refusal("internal"), "The server answered with an error (500)."],
    ["what it cannot do now", 503, refusal("unavailable"), "It is unavailable."],
    ["a proxy's page", 502, "<html>Bad gateway</html>", "The server answered with an error (502)."],
    [
      "HTML where JSON was expected",
      200,
      "<html>Please sign in to the Wi-Fi</html>",
      "The server gave an answer that makes no sense.",
    ],
    ["JSON of something else", 200, { hello: "world" }, "The server gave an answer that makes no sense."],
    [
      "a record without a revision",
      200,
      { ...page, docs: [{ id: "lead-1" }] },
      "The server gave an answer that makes no sense.",
    ],
  ])("[PUSH-7] %s means that nobody answered", async (_what, status, body, trouble) => {
    say(status, body);
    expect(await pull()).toMatchObject({ ok: false, error: { kind: "no-answer", trouble } });
  });

  test("[PUSH-7] half a body means that nobody answered", async () => {
    answer = (_request, response) => {
      response.writeHead(200, { "content-length": "1000" }).write('{"scope":"s","docs":[');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await pull()).toEqual({ ok: false, error: { kind: "no-answer", trouble: null } });
  });

  test("an answer that takes too long is given up, in words; hanging up is silent", async () => {
    answer = () => {};
    expect(await pull({ pullTimeoutMs: 300 })).toMatchObject({
      ok: false,
      error: { kind: "no-answer", trouble: expect.stringContaining("too long") },
    });
    const hangUp = new AbortController();
    const pending = transport().pull(request, hangUp.signal);
    hangUp.abort();
    expect(await pending).toEqual({ ok: false, error: { kind: "no-answer", trouble: null } });
  });

  test.each<[string, number, TransportError]>([
    ["scope-changed", 409, { kind: "no-answer", trouble: "It is scope-changed." }],
    ["revoked", 401, { kind: "ended", why: "revoked" }],
    ["unauthorised", 401, { kind: "ended", why: "revoked" }],
    ["wiped", 401, { kind: "ended", why: "wiped" }],
    ["update-required", 426, { kind: "ended", why: "update-required" }],
    ["too-large", 413, { kind: "rejected", message: "It is too-large." }],
    ["bad-request", 400, { kind: "rejected", message: "It is bad-request." }],
  ])("what the server refuses as %s is understood", async (code, status, error) => {
    say(status, refusal(code));
    expect(await pull()).toEqual({ ok: false, error });
  });

  test("another scope is heard with what it is", async () => {
    const { error } = refusal("scope-changed");
    say(409, { error: { ...error, details: { scope: "org user:ana epoch:2" } } });
    const changed: TransportError = { kind: "scope-changed", scope: "org user:ana epoch:2" };
    expect(await pull()).toEqual({ ok: false, error: changed });
  });

  test("a server that asks for patience says for how long", async () => {
    say(429, refusal("too-many-requests"), { "retry-after": "7" });
    expect(await pull()).toMatchObject({ ok: false, error: { kind: "no-answer", retryAfterMs: 7_000 } });
  });
});

describe("stream", () => {
  const open = (token = "good") => {
    const messages: StreamDown[] = [];
    return new Promise<{ messages: StreamDown[]; why: TransportError }>((resolve) => {
      transport(token).openStream({
        opened: () => {},
        message: (message) => messages.push(message),
        closed: (why) => resolve({ messages, why }),
      });
    });
  };

  test("messages arrive until the line is cut", async () => {
    onSocket = (socket) => {
      socket.send(JSON.stringify({ type: "pong" }));
      setTimeout(() => socket.terminate(), 20);
    };
    expect(await open()).toEqual({ messages: [{ type: "pong" }], why: { kind: "no-answer", trouble: null } });
  });

  test.each(["not json", JSON.stringify({ type: "unheard-of" }), Buffer.from([1, 2, 3])])(
    "a message that makes no sense closes the line: something was missed",
    async (message) => {
      onSocket = (socket) => socket.send(message);
      expect(await open()).toMatchObject({
        messages: [],
        why: { kind: "no-answer", trouble: expect.stringContaining("no sense") },
      });
    },
  );

  test("[SES-2] a refused stream says why", async () => {
    expect((await open("bad")).why).toEqual({ kind: "ended", why: "revoked" });
  });
});
