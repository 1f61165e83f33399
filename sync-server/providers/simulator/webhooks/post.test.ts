import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { systemTimers } from "../../../../shared/result/ports.ts";
import { noFaults } from "./faults.ts";
import { requestWebhook } from "./post.ts";
import { createWebhooks } from "./webhooks.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(answer: (path: string) => { status: number; body: string }): Promise<string> {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? "");
    response.writeHead(status).end(body);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open() {
  return createWebhooks({
    authToken: "token",
    faults: () => noFaults,
    random: () => 0.5,
    timers: systemTimers,
    log: () => undefined,
  });
}

test("a GET carries its fields in the address", async () => {
  let asked = "";
  const url = await serve((path) => {
    asked = path;
    return { status: 200, body: "ok" };
  });
  expect(await requestWebhook("token", `${url}/x?a=1`, "GET", { CallSid: "CA 1" })).toMatchObject({
    ok: true,
    body: "ok",
  });
  expect(asked).toBe("/x?a=1&CallSid=CA+1");
});

test("an answer longer than 64 KB is none", async () => {
  const url = await serve(() => ({ status: 200, body: "x".repeat(70_000) }));
  expect(await requestWebhook("token", url, "POST", {})).toMatchObject({ ok: false, status: 0 });
});

test("where nobody listens there is no answer, and no throw", async () => {
  expect(await requestWebhook("token", "http://127.0.0.1:1/", "POST", {})).toMatchObject({ ok: false });
});

test("TwiML that cannot be had is fetched from the fallback", async () => {
  const url = await serve((path) =>
    path === "/fallback" ? { status: 200, body: "<Response/>" } : { status: 500, body: "" },
  );
  const target = { url: `${url}/voice`, method: "POST", fallbackUrl: `${url}/fallback` } as const;
  expect(await open().fetchTwiml(target, {})).toEqual({
    ok: true,
    body: "<Response/>",
    url: `${url}/fallback`,
  });
});

test("without a fallback the failure is told as Twilio's 11200", async () => {
  const url = await serve(() => ({ status: 404, body: "" }));
  expect(await open().fetchTwiml({ url, method: "POST" }, {})).toEqual({
    ok: false,
    reason: "11200 HTTP 404",
  });
});
