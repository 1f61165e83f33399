import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { connectClient } from "../../../shared/rpc/client.ts";
import { waitFor } from "../../wait-for.ts";
import { echoContract } from "./echo-contract.ts";
import { enter, get, startLocalhostDesk } from "./localhost-desk.ts";
import type { LocalhostDesk } from "./localhost-desk.ts";

describe("the localhost shell refuses", () => {
  let folder: string;
  let desk: LocalhostDesk;
  let origin: string;
  let cookie: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ringside-gate-"));
    writeFileSync(join(folder, "index.html"), "<head><title>the page</title></head>");
    const started = await startLocalhostDesk(folder, folder);
    if (!started) throw new Error("no desk");
    desk = started;
    origin = new URL(desk.address).origin;
    cookie = await enter(desk.address);
  });
  afterAll(async () => {
    await desk.quit();
    rmSync(folder, { recursive: true, force: true });
  });

  test("a page without a token, and shows nothing of it", async () => {
    const page = await get(`${origin}/`);
    expect(page.status).toBe(401);
    expect(page.body).not.toContain("the page");
  });

  test.each(["?token=", "?token=x", `?token=${"A".repeat(43)}`, "?TOKEN=1", "?token=%00"])(
    "the token %j",
    async (query) => {
      const page = await get(`${origin}/${query}`);
      expect([page.status, page.headers["set-cookie"]]).toEqual([401, undefined]);
    },
  );

  test("a cookie that it has not given", async () => {
    const name = cookie.split("=")[0] ?? "";
    for (const wrong of [`${name}=`, `${name}=x`, `other=${cookie.split("=")[1] ?? ""}`]) {
      expect((await get(`${origin}/`, { cookie: wrong })).status, wrong).toBe(401);
    }
  });

  test.each(["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "[::1]"])(
    "the host %j, even with the cookie",
    async (host) => {
      expect((await get(`${origin}/`, { cookie, host })).status).toBe(421);
    },
  );

  test.each(["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])(
    "the origin %j, even with the cookie",
    async (from) => {
      expect((await get(`${origin}/`, { cookie, origin: from })).status).toBe(403);
      expect(await upgrade(origin, { origin: from, headers: { cookie } })).toBe(403);
    },
  );

  test("a connection without a cookie, without an origin, or with the token in its address", async () => {
    expect(await upgrade(origin, { origin })).toBe(401);
    expect(await upgrade(origin, { headers: { cookie } })).toBe(403);
    const token = new URL(desk.address).search;
    expect(await upgrade(origin, { origin }, `/rpc${token}`)).toBe(401);
  });

  test("a connection to anything but the replica", async () => {
    expect(await upgrade(origin, { origin, headers: { cookie } }, "/other")).toBe(404);
  });

  test.each(["//", "*", "//evil.example", "http://evil.example/", "/%"])(
    "nobody by the path %j",
    async (path) => {
      expect((await get(origin, {}, path)).status).toBe(401);
      expect((await get(origin, { cookie }, path)).status).toBeLessThan(500);
    },
  );

  test("to write, whoever asks", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
      expect(await statusOf(method, origin, cookie), method).toBe(405);
    }
  });

  test("an address for one opening, the second time", async () => {
    const opened = await desk.startAgain();
    expect(opened).toBe(false);
    // The address that went to the browser's command line was used by nobody yet: it lets in once.
    const [address] = (await desk.shown()).slice(-1);
    expect((await get(address ?? "")).status).toBe(303);
    expect((await get(address ?? "")).status).toBe(401);
  });

  test("and lets in who holds the token: the cookie is out of reach of scripts and other sites", async () => {
    const first = await get(desk.address);
    expect(first).toMatchObject({ status: 303, headers: { location: "/" } });
    expect(first.headers["set-cookie"]).toMatch(/; HttpOnly; SameSite=Strict$/u);
    expect((await get(`${origin}//evil.example/${new URL(desk.address).search}`)).headers["location"]).toBe(
      "/evil.example/",
    );
    expect((await get(`${origin}/`, { cookie })).body).toContain("the page");
  });

  const linkTo = (link: string) => `${origin}/dial?link=${encodeURIComponent(link)}`;
  const fromElsewhere = { "sec-fetch-site": "cross-site", "sec-fetch-dest": "document" };

  test("a tel: link without the cookie: from elsewhere it is asked for once more, and says nothing of the desk", async () => {
    const link = linkTo("tel:+1-415-555-0100;ext=7");
    const again = await get(link, fromElsewhere);
    expect([again.status, again.headers["set-cookie"]]).toEqual([200, undefined]);
    expect(again.body).toContain('content="0;url=/dial?link=tel%3A%2B14155550100"');
    expect((await get(link)).status).toBe(401);
    expect((await get(link, { "sec-fetch-site": "same-origin", "sec-fetch-dest": "document" })).status).toBe(401); // prettier-ignore
    expect((await get(link, { "sec-fetch-site": "cross-site", "sec-fetch-dest": "image" })).status).toBe(401);
    expect((await get(linkTo('tel:1"><script>'), fromElsewhere)).status).toBe(401);
    expect((await get(`${origin}/`, fromElsewhere)).status).toBe(401);
  });

  test("what is no number, and hands over what is one", async () => {
    const client = connectClient((await desk.openWindow()).pipe);
    for (const link of ["tel:javascript:alert(1)", "https://example.com/", "tel:+1-415-555-0100;ext=7"])
      expect(await get(linkTo(link), { cookie })).toMatchObject({ status: 303, headers: { location: "/" } });
    await waitFor(async () =>
      expect(await client.call(echoContract.describe, null)).toMatchObject({
        value: { heard: ["dial +14155550100"] },
      }),
    );
  });

  test("to tell its address to other people of this machine", () => {
    expect(statSync(join(folder, "desk.json")).mode & 0o777).toBe(0o600);
  });
});

/** The status of a refused WebSocket; 101 when it was taken. */
function upgrade(
  origin: string,
  options: { origin?: string; headers?: Record<string, string> },
  path = "/rpc",
) {
  return new Promise<number>((resolve) => {
    const socket = new WebSocket(`${origin.replace("http", "ws")}${path}`, options);
    socket.on("unexpected-response", (asked, response) => {
      asked.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on("open", () => {
      socket.close();
      resolve(101);
    });
    socket.on("error", () => {});
  });
}

function statusOf(method: string, origin: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(origin, { method, headers: { cookie } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.once("error", reject);
    asked.end();
  });
}
