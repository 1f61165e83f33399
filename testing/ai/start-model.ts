import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came: path, key and the JSON of its body. */
export type Asked = {
  path: string;
  authorization: string;
  body: { model: string; messages: { role: string; content: string }[]; response_format: { type: string; json_schema: { strict: boolean; schema: Record<string, unknown> } } }; // prettier-ignore
};
export type Answer = (response: ServerResponse, asked: Asked) => void;

/** A server of the form of chat completions. Each request gets the next of `answers`; the last one stays. */
export async function startModel(...answers: Answer[]) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    asked.push(await read(request));
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    answer?.(response, asked.at(-1) as Asked);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    access: { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: "sk-test", model: "small" },
    asked,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return {
    path: request.url ?? "",
    authorization: request.headers.authorization ?? "",
    body: JSON.parse(Buffer.concat(parts).toString()) as Asked["body"],
  };
}

/** What a model wrote, as a whole answer. */
export function says(text: string, finishReason = "stop"): Answer {
  return sends(200, completion({ role: "assistant", content: text, refusal: null }, finishReason));
}

export function refuses(): Answer {
  return sends(200, completion({ role: "assistant", content: null, refusal: "I cannot help with that." }, "stop")); // prettier-ignore
}

export function isFiltered(): Answer {
  return sends(200, completion({ role: "assistant", content: null, refusal: null }, "content_filter"));
}

export function fails(status: number, headers: Record<string, string> = {}): Answer {
  return sends(status, { error: { message: "the transcript said: secret words", type: "error", code: null } }, headers); // prettier-ignore
}

/** Nothing, for ever. */
export const hangs: Answer = () => {};

/** The connection ends in the middle of the body. */
export const breaksOff: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "4000" });
  response.write('{"id":"chatcmpl-1","choices":[{"message":{"content":"{', () => response.destroy());
};

export const isNoJson: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json" }).end("<html>Bad gateway</html>");
};

export function sends(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function completion(message: Record<string, unknown>, finishReason: string) {
  return {
    ...{ id: "chatcmpl-1", object: "chat.completion", created: 1, model: "small" },
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    usage: { prompt_tokens: 90, completion_tokens: 12, total_tokens: 102 },
  };
}
