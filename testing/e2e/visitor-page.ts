import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "@playwright/test";
import { publicChatPaths, type PublicChat } from "../../shared/bot/wire.ts";

/** Somebody on a page of the organisation, which talks to the bot as a widget would: by plain requests. */
export type Visitor = {
  page: Page;
  /** @returns what the bot answered, once it has */
  say(text: string): Promise<PublicChat>;
  /** Lets the page say that they are writing. */
  type(): Promise<void>;
  /** The conversation as it stands. */
  chat(): Promise<PublicChat>;
  /** Listens on the stream, from here on. */
  listen(): Promise<void>;
  /** What came over the stream so far. */
  heard(): Promise<string>;
};

/** A page of a site of its own, on another port: its origin is none of the server's. */
export async function openSite(): Promise<{ origin: string; close(): void }> {
  const site: Server = createServer((_request, response) => {
    response
      .writeHead(200, { "content-type": "text/html" })
      .end("<title>Northgate</title><h1>Northgate</h1>");
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const { port } = site.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => void site.close() };
}

export async function openVisitor(
  browser: Browser,
  origin: string,
  serverUrl: string,
  bot: string,
): Promise<Visitor> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(origin);
  const urls = Object.fromEntries(
    Object.entries(publicChatPaths).map(([name, path]) => [name, serverUrl + path(bot)]),
  );
  await page.evaluate(async (paths) => {
    const opened = await fetch(paths["open"] ?? "", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }); // prettier-ignore
    // As a widget would, so that a reload finds it.
    localStorage.setItem("token", ((await opened.json()) as { token: string }).token);
  }, urls);
  const chat = () =>
    page.evaluate(async (paths) => {
      const headers = { authorization: `Bearer ${localStorage.getItem("token")}` };
      return (await (await fetch(paths["chat"] ?? "", { headers })).json()) as never;
    }, urls) as Promise<PublicChat>;
  return {
    page,
    chat,
    async say(text) {
      await page.evaluate(
        async ({ paths, words }) => {
          const headers = { authorization: `Bearer ${localStorage.getItem("token")}`, "content-type": "application/json" }; // prettier-ignore
          const body = JSON.stringify({ id: crypto.randomUUID(), text: words });
          await (await fetch(paths["say"] ?? "", { method: "POST", headers, body })).text();
        },
        { paths: urls, words: text },
      );
      return chat();
    },
    type: () =>
      page.evaluate(async (paths) => {
        const headers = { authorization: `Bearer ${localStorage.getItem("token")}` };
        await fetch(paths["typing"] ?? "", { method: "POST", headers });
      }, urls),
    listen: () =>
      page.evaluate((paths) => {
        const own = window as unknown as { heard: string };
        own.heard = "";
        const headers = { authorization: `Bearer ${localStorage.getItem("token")}` };
        void fetch(`${paths["stream"]}?after=0`, { headers }).then(async ({ body }) => {
          const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
          for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
            own.heard += part.value;
        });
      }, urls),
    heard: () => page.evaluate(() => (window as unknown as { heard: string }).heard),
  };
}
