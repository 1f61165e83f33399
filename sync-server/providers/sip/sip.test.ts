import { describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { LineAccess } from "../../../shared/calls/server-wire.ts";
import { kamailio, startKamailio } from "../../../testing/sip/start-kamailio.ts";
import { findFreePort } from "../../../tools/start-server.ts";
import type { CarrierAccount } from "../../telephony/index.ts";
import { createSipCarrier } from "./index.ts";
import { readResponse } from "./messages.ts";

const carrier = createSipCarrier({ mayReachInside: true });
const now = new Date("2026-11-21T09:00:00.000Z");

function accountAt(server: string, passwords: Record<string, string>): CarrierAccount {
  const config = {
    ...{ server, domain: "ringside.test" },
    iceServers: [{ urls: "turn:relay.example", username: "desk" }],
    agents: [
      { userId: "ana", username: "101" },
      { userId: "ben", username: "102" },
    ],
  };
  const credentials = { "turn:turn:relay.example": "relayed", ...passwords };
  return {
    ...{ tenantId: "one", id: "pbx", provider: "sip", numbers: [], webhookUrl: "" },
    config: carrier.config.parse(config),
    credentials: carrier.credentials.parse(credentials),
  };
}
const everybody = (password: string) => ({ "agent:ana": password, "agent:ben": password });
const testOf = async (account: CarrierAccount) => (await carrier.connect(account)).test();

test("somebody with an extension and its password gets a line, and nobody else does", async () => {
  const account = accountAt("wss://pbx.example", { "agent:ana": "anas" });
  const access = await carrier.openLine(account, { userId: "ana", name: "Ana Ruiz" }, now);
  expect(LineAccess.parse(access)).toMatchObject({
    ...{ uri: "sip:101@ringside.test", username: "101", password: "anas", displayName: "Ana Ruiz" },
    iceServers: [{ urls: "turn:relay.example", username: "desk", credential: "relayed" }],
    expiresAt: "2026-11-21T10:00:00.000Z",
  });
  for (const userId of ["ben", "cleo"])
    expect(await carrier.openLine(account, { userId, name: "" }, now), userId).toBeNull();
});

test("passwords go to an encrypted address, or to this machine", () => {
  const config = (server: string) => carrier.config.safeParse({ server, domain: "pbx.example" }).success;
  expect(config("wss://pbx.example:7443/ws")).toBe(true);
  expect(config("ws://127.0.0.1:5066")).toBe(true);
  for (const unsafe of ["ws://pbx.example", "https://pbx.example", "wss:", "127.0.0.1"])
    expect(config(unsafe), unsafe).toBe(false);
});

test("one extension cannot ring on two desks", () => {
  const agents = (...usernames: string[]) =>
    usernames.map((username, at) => ({ userId: `u${at}`, username }));
  const config = { server: "wss://pbx.example", domain: "pbx.example" };
  expect(carrier.config.safeParse({ ...config, agents: agents("101", "102") }).success).toBe(true);
  expect(carrier.config.safeParse({ ...config, agents: agents("101", "101") }).success).toBe(false);
  expect(carrier.config.safeParse({ ...config, agents: agents("101\r\nX: y") }).success).toBe(false);
});

test("commands of the server are refused in words: only the desk steers these calls", async () => {
  const line = await carrier.connect(accountAt("wss://pbx.example", {}));
  for (const asked of [line.hangUp("x"), line.hold("r", "x", true, "c"), line.record("x", "l", "on")])
    expect(await asked).toMatchObject({
      ok: false,
      error: { why: "refused", message: expect.stringMatching(/desk/u) },
    });
});

test("reads answers with folded and short headers, and nothing else", () => {
  const response = readResponse(
    "SIP/2.0 401 Unauthorized\r\ni: call-1\r\nCSeq: 1\r\n REGISTER\r\nWWW-Authenticate: Digest a=b\r\nWWW-Authenticate: Digest c=d\r\n\r\nbody: x",
  );
  expect(response).toMatchObject({ status: 401, reason: "Unauthorized" });
  expect(response?.headers.get("call-id")).toEqual(["call-1"]);
  expect(response?.headers.get("cseq")).toEqual(["1 REGISTER"]);
  expect(response?.headers.get("www-authenticate")).toHaveLength(2);
  expect(response?.headers.has("body")).toBe(false);
  for (const other of ["\r\n\r\n", "OPTIONS sip:x SIP/2.0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", ""])
    expect(readResponse(other)).toBeNull();
});

test("nobody at the address is told as such", async () => {
  const account = accountAt(`ws://127.0.0.1:${await findFreePort()}`, everybody("x"));
  expect(await testOf(account)).toMatchObject({ ok: false, error: { why: "unreachable" } });
});

test("what speaks WebSocket and no SIP is no exchange", async () => {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => false });
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  expect(await testOf(accountAt(`ws://127.0.0.1:${port}`, everybody("x")))).toMatchObject({
    ok: false,
    error: { why: "unreachable", message: expect.stringMatching(/does not answer as a SIP server/u) },
  });
  server.close();
});

/** An exchange of few words: it answers every sign-in alike, and counts them. */
async function openCountingExchange(answer: string) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  const seen = { asked: 0, open: 0, mostOpen: 0 };
  server.on("connection", (socket) =>
    socket.on("message", (data) => {
      seen.asked += 1;
      seen.open += 1;
      seen.mostOpen = Math.max(seen.mostOpen, seen.open);
      const [, callId] = /^Call-ID: (.*)$/mu.exec(String(data)) ?? [];
      setTimeout(() => {
        seen.open -= 1;
        socket.send(`SIP/2.0 ${answer}\r\nCall-ID: ${callId?.trim()}\r\nCSeq: 1 REGISTER\r\n\r\n`);
      }, 2);
    }),
  );
  const { port } = server.address() as { port: number };
  return { server: `ws://127.0.0.1:${port}`, seen, close: () => server.close() };
}

function manyAt(server: string): CarrierAccount {
  const agents = Array.from({ length: 200 }, (_, at) => ({ userId: `u${at}`, username: `${1_000 + at}` }));
  const passwords = Object.fromEntries(agents.map(({ userId }) => [`agent:${userId}`, "x"]));
  const account = accountAt(server, passwords);
  return { ...account, config: carrier.config.parse({ server, domain: "ringside.test", agents }) };
}

test("hundreds of extensions are tried a few at a time, and an exchange that refuses them is soon left alone", async () => {
  const takes = await openCountingExchange("200 OK");
  expect(await testOf(manyAt(takes.server))).toMatchObject({
    ok: true,
    value: { name: /with 200 extensions$/u },
  });
  expect(takes.seen).toMatchObject({ asked: 200, mostOpen: 8 });
  takes.close();
  const refuses = await openCountingExchange("403 Forbidden");
  expect(await testOf(manyAt(refuses.server))).toMatchObject({
    ok: false,
    error: { why: "refused", message: /^10\d\d: 403 .*the test was stopped$/u },
  });
  expect(refuses.seen.asked).toBeLessThan(30);
  refuses.close();
});

describe.skipIf(!kamailio)("a real exchange (needs Kamailio)", () => {
  test("takes right passwords, names the extension of a wrong one, and answers without any", async () => {
    const exchange = await startKamailio();
    try {
      const right = everybody(exchange.password);
      expect(await testOf(accountAt(exchange.server, right))).toMatchObject({
        ok: true,
        value: { name: "ringside.test with 2 extensions" },
      });
      expect(await testOf(accountAt(exchange.server, { ...right, "agent:ben": "wrong" }))).toMatchObject({
        ok: false,
        error: { why: "refused", message: /^102: 401 / },
      });
      expect(await testOf(accountAt(exchange.server, {}))).toMatchObject({ ok: true });
    } finally {
      await exchange.close();
    }
  });
});

test("one in the server's own network is asked nothing unless the operator lets it be, and its admin is told why", async () => {
  const inside = await openCountingExchange("200 OK");
  const port = new URL(inside.server).port;
  const careful = createSipCarrier({ mayReachInside: false });
  for (const host of ["127.0.0.1", "localhost", "[::ffff:7f00:1]"]) {
    const account = accountAt(inside.server, everybody("x"));
    const moved = { ...account, config: { ...(account.config as object), server: `ws://${host}:${port}` } };
    const tested = await (await careful.connect(moved)).test();
    expect(tested, host).toMatchObject({
      ok: false,
      error: { why: "unreachable", message: expect.stringContaining("own network") },
    });
  }
  expect(inside.seen.asked).toBe(0);
  inside.close();
});
