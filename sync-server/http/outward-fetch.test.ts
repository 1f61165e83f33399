import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OutwardFailure } from "./outside.ts";
import { createOutwardFetch } from "./outward-fetch.ts";

const outside = createOutwardFetch({ mayReachInside: false });
const anywhere = createOutwardFetch({ mayReachInside: true });
let server: Server;
let url: string;
let asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/away") return response.writeHead(302, { location: "/secret" }).end();
    if (request.url === "/long") return response.end(Buffer.alloc(2 * 1024 * 1024));
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => response.writeHead(201, { "x-said": "yes" }).end(Buffer.concat(parts)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test.each([
  "http://127.0.0.1:1/",
  "http://localhost:1/",
  "http://[::1]:1/",
  "http://[::ffff:127.0.0.1]:1/",
  "http://10.1.2.3/",
  "http://172.31.0.1/",
  "http://192.168.1.1/",
  "http://169.254.169.254/latest/meta-data",
  "http://100.64.0.1/",
  "http://0.0.0.0/",
  "http://2130706433/",
  "http://[fd00::1]/",
  "http://[fe80::1]/",
  "http://[64:ff9b::7f00:1]/",
])("%s is not asked, as it leads inside", async (address) => {
  await expect(outside(address, {})).rejects.toMatchObject({ why: "inside" });
});

test("what runs here is asked where that is allowed, and answers as fetch would", async () => {
  const body = new URLSearchParams({ a: "b c" });
  const answer = await anywhere(`${url}/echo`, { method: "POST", body });
  expect([answer.status, answer.headers.get("x-said"), await answer.text()]).toEqual([201, "yes", "a=b+c"]);
  asked = [];
  await expect(outside(`${url}/echo`, {})).rejects.toBeInstanceOf(OutwardFailure);
  expect(asked).toEqual([]);
});

test("a connection that stands open to an address inside is nobody's who may not go there", async () => {
  const named = url.replace("127.0.0.1", "localhost");
  await new Promise((done) => get(`${named}/own`, (answer) => answer.resume().once("close", done)));
  asked = [];
  await expect(outside(`${named}/theirs`, {})).rejects.toMatchObject({ why: "inside" });
  expect(asked).toEqual([]);
});

test("a redirect is handed over, not followed", async () => {
  asked = [];
  expect((await anywhere(`${url}/away`, {})).status).toBe(302);
  expect(asked).toEqual(["/away"]);
});

test("what is too long, or not there, is said", async () => {
  await expect(anywhere(`${url}/long`, {})).rejects.toMatchObject({ why: "too-large" });
  await expect(anywhere("http://127.0.0.1:1/", {})).rejects.toThrow(
    "127.0.0.1:1 cannot be reached: nothing answers there.",
  );
  await expect(outside("https://no-such-name.invalid/", {})).rejects.toMatchObject({ why: "unreachable" });
});

test("what stands outside is asked", async () => {
  const signal = AbortSignal.abort();
  await expect(outside("http://203.0.113.1/", { signal })).rejects.toMatchObject({ why: "unreachable" });
});
