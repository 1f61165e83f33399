import { createServer, type RequestListener, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import { systemTimers } from "../../../shared/result/ports.ts";
import { createAskAssistant } from "./ask-assistant.ts";

let server: Server | null = null;
afterEach(() => new Promise((done) => (server ? server.close(done) : done(undefined))));

/** A server that answers everything with this. */
function answers(body: unknown, status = 200): Promise<string> {
  return listens((_request, response) => {
    response.writeHead(status, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify(body));
  });
}

async function listens(listener: RequestListener): Promise<string> {
  const one = createServer(listener);
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

const picture = { id: "picture-1" as RecordId, listingId: "listing-1" as RecordId };
const drawAt = (url: string, token: string | null = "token") =>
  createAskAssistant(url, token, systemTimers).draw(picture, new AbortController().signal);

test.each([429, 503, 404])(
  "a server that draws nothing (%i) is there all the same, and says why",
  async (status) => {
    const message = "No picture this time.";
    const url = await answers({ error: { code: "too-many-requests", message } }, status);
    expect(await drawAt(url)).toEqual({ ok: false, error: { why: message, unreachable: false } });
  },
);

test("where nobody answers, or nobody is signed in, no server was asked for a picture", async () => {
  const url = await listens(({ socket }) => socket.destroy());
  expect(await drawAt(url)).toMatchObject({ ok: false, error: { unreachable: true } });
  expect(await drawAt(url, null)).toMatchObject({ ok: false, error: { unreachable: true } });
});

test("where a proxy finds nobody behind it, no server was asked for a picture", async () => {
  const url = await answers("nobody is behind this", 502);
  expect(await drawAt(url)).toMatchObject({ ok: false, error: { unreachable: true } });
});
