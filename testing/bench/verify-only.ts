import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parse } from "node:querystring";
import webhooks from "twilio/lib/webhooks/webhooks.js";

// The least that a webhook costs: an HTTP server of Node's own that reads it, verifies it and says yes.
const [authToken = ""] = process.argv.slice(2);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { port } = server.address() as AddressInfo;
    const fields = { ...parse(Buffer.concat(chunks).toString()) } as Record<string, string>;
    const signature = String(request.headers["x-twilio-signature"]);
    const url = `http://127.0.0.1:${port}${request.url}`;
    response.writeHead(webhooks.validateRequest(authToken, signature, url, fields) ? 204 : 403).end();
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit(0));
