import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openAiLike } from "../../ai/stand-ins/openai-like.ts";
import type { Writing } from "./stand-in.ts";

// Speaks OpenAI's form: an answer of the bench's form at once, or a stream of words.
const { pieces, pauseMs } = JSON.parse(process.argv[2] ?? "{}") as Writing;
const dialect = openAiLike("compatible");
const answer = JSON.stringify(
  dialect.says(JSON.stringify({ lines: ["Ask what they pay today.", "Name the view."] })),
);
const events = dialect.events(Array.from({ length: pieces }, (_, at) => `word ${at} `));

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { stream } = JSON.parse(Buffer.concat(chunks).toString()) as { stream?: boolean };
    if (stream) return write(response, 0);
    response.writeHead(200, { "content-type": "application/json" }).end(answer);
  });
});

function write(response: ServerResponse, from: number): void {
  if (from === 0) response.writeHead(200, { "content-type": "text/event-stream" });
  if (response.destroyed) return;
  // The first event says who writes, and no word.
  const until = from === 0 ? 2 : from + 1;
  response.write(events.slice(from, until).join(""));
  if (until < events.length) setTimeout(write, pauseMs, response, until);
  else response.end();
}

server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit(0));
