import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { providerOf } from "../providers/model-provider.ts";
import { createOutsideAgent } from "./outside-agent.ts";
import type { Resolve } from "./outside.ts";

// A name that leads outside when it is looked at, and inside when it is connected to.

const outside = { address: "203.0.113.1", family: 4 };
const inside = { address: "127.0.0.1", family: 4 };
let server: Server;
let port = 0;
let asked = 0;

beforeAll(async () => {
  server = createServer((_, response) => {
    asked += 1;
    response.writeHead(302, { location: "/again" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => void (asked = 0));
afterAll(() => server.close());

/** Each look-up gets the next answer; the last one stays. `looked` is called once for each. */
function resolverOf(answers: { address: string; family: number }[][], looked = () => {}): Resolve {
  return (_, __, found) => {
    found(null, answers.length > 1 ? (answers.shift() ?? []) : (answers[0] ?? []));
    looked();
  };
}

const askAt = (baseUrl: string, resolve: Resolve, signal = new AbortController().signal) =>
  providerOf(
    { kind: "compatible", baseUrl, apiKey: "k", apiVersion: null },
    createOutsideAgent(resolve),
  ).embed({ model: "m", texts: ["a"], signal });

const refused = {
  ok: false,
  error: { code: "unreachable", message: expect.stringContaining("own network") as string },
};

test("the address that is judged is the one that is connected to, whatever the name says the next time", async () => {
  const leaving = new AbortController();
  let looked = 0;
  const resolve = resolverOf([[outside], [inside]], () => {
    looked += 1;
    // Nothing answers there: it is enough to have gone that way.
    if (looked === 1) leaving.abort();
  });
  const url = `http://rebound.example:${port}/v1`;
  expect(await askAt(url, resolve, leaving.signal)).toMatchObject({ error: { code: "timed-out" } });
  expect([looked, asked]).toEqual([1, 0]);
  expect(await askAt(url, resolve)).toMatchObject(refused);
  expect([looked, asked]).toEqual([2, 0]);
});

test("one address of several that leads inside spoils the name", async () => {
  const resolve = resolverOf([[outside, inside]]);
  expect(await askAt(`http://both.example:${port}/v1`, resolve)).toMatchObject(refused);
  expect(asked).toBe(0);
});

test.each(["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]", "localhost"])(
  "%s is not asked, however it is written",
  async (host) => {
    expect(await askAt(`http://${host}:${port}/v1`, resolverOf([[inside]]))).toMatchObject(refused);
    expect(asked).toBe(0);
  },
);

test("a redirect is judged where it leads: numbers, too", async () => {
  const dispatcher = createOutsideAgent(resolverOf([[outside]]));
  const init: RequestInit & { dispatcher: unknown } = { dispatcher };
  await expect(fetch(`http://127.0.0.1:${port}/`, init)).rejects.toMatchObject({ cause: { why: "inside" } });
  expect(asked).toBe(0);
});
