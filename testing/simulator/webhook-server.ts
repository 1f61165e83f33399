import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { twilio } from "./twilio.ts";

export interface Received {
  path: string;
  fields: Record<string, string>;
  /** Whether Twilio's own library takes the signature. */
  genuine: boolean;
}

export interface WebhookServer {
  url: string;
  received: Received[];
  /** What a path answers: TwiML, made of the fields that it was asked with. */
  answers: Map<string, (fields: Record<string, string>) => string>;
  of(path: string): Record<string, string>[];
  close(): Promise<void>;
}

/** An application as Twilio would call it: answers TwiML, keeps what it was told. */
export async function startWebhookServer(authToken: string): Promise<WebhookServer> {
  const received: Received[] = [];
  const answers: WebhookServer["answers"] = new Map();
  const server = createServer(async (request, response) => {
    const body = await readBody(request).catch(() => null);
    // The carrier was stopped while it spoke.
    if (body === null) return void response.destroy();
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const form = Object.fromEntries(new URLSearchParams(body));
    const signature = String(request.headers["x-twilio-signature"]);
    const genuine = twilio.validateRequest(authToken, signature, url.href, form);
    const fields = { ...Object.fromEntries(url.searchParams), ...form };
    received.push({ path: url.pathname, fields, genuine });
    const answer = answers.get(url.pathname);
    response.writeHead(answer ? 200 : 204, { "content-type": "text/xml" });
    response.end(answer?.(fields));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    of: (path) => received.filter((one) => one.path === path).map((one) => one.fields),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
