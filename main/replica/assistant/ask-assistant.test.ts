import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { systemTimers } from "../../../shared/result/ports.ts";
import { createAskAssistant } from "./ask-assistant.ts";

let server: Server | null = null;
afterEach(() => new Promise((done) => (server ? server.close(done) : done(undefined))));

/** A server that answers everything with this. */
async function answers(body: unknown): Promise<string> {
  const one = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify(body));
  });
  server = one.listen(0, "127.0.0.1");
  await once(one, "listening");
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

test("a server of before, which does not say by what it compared, still counts", async () => {
  const url = await answers({ nearness: { "listing-1": 0.4 } });
  expect(await createAskAssistant(url, "token", systemTimers).matches("lead-1")).toEqual({
    ok: true,
    value: { nearness: { "listing-1": 0.4 }, by: "rules", instead: null },
  });
});

test("a server of today says by what, and when a limit ends; what one of tomorrow adds is no obstacle", async () => {
  const instead = { code: "limited", message: "Used up.", until: "2026-11-22T12:01:00.000Z" };
  const url = await answers({ nearness: {}, by: "rules", instead: { ...instead, more: 1 }, more: true });
  expect(await createAskAssistant(url, "token", systemTimers).matches("lead-1")).toEqual({
    ok: true,
    value: { nearness: {}, by: "rules", instead },
  });
});
