import Fastify from "fastify";
import { once } from "node:events";
import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { endConnectionsAtTheEnd } from "./end-connections.ts";

async function openServer() {
  const app = Fastify();
  endConnectionsAtTheEnd(app);
  const answer = new PassThrough();
  app.get("/now", async () => "");
  app.get("/in-parts", () => answer);
  return { app, url: await app.listen({ host: "127.0.0.1", port: 0 }), answer };
}

test("a server that ends does not wait for connections on which nobody has asked anything", async () => {
  const { app, url } = await openServer();
  const { hostname, port } = new URL(url);
  const ahead = connect(Number(port), hostname);
  await once(ahead, "connect");
  // The server has seen it too.
  await fetch(`${url}/now`);
  await Promise.all([once(ahead, "close"), app.close()]);
});

test("what is under way is answered to its end, and its connection not kept for more", async () => {
  const { app, url, answer } = await openServer();
  answer.write("the beginning ");
  const response = await fetch(`${url}/in-parts`);
  const closed = app.close();
  await expect.poll(() => app.server.listening).toBe(false);
  answer.end("and the end");
  expect(await response.text()).toBe("the beginning and the end");
  await closed;
});
