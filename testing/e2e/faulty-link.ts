import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";

/** What a broken server, or a proxy before it, answers to every request. */
export type Fault = "500" | "html" | "half";

export interface FaultyLink {
  url: string;
  /** Null = everything passes. What streams already is left alone. */
  answerWith(fault: Fault | null): void;
  /** No more connections; those that are open end with the desk. */
  close(): void;
}

/** Stands between a desk and its server and passes everything on until it is told to break. */
export async function openFaultyLink(serverUrl: string): Promise<FaultyLink> {
  const { port } = new URL(serverUrl);
  let fault: Fault | null = null;
  const link = createServer((asked, answer) => {
    if (fault) breakAnswer(fault, asked, answer);
    else passOn(port, asked, answer);
  });
  link.on("upgrade", (asked: IncomingMessage, near, head) => {
    const far = connect(Number(port), "127.0.0.1", () => {
      far.write(rawRequest(asked));
      far.write(head);
      near.pipe(far).pipe(near);
    });
    far.on("error", () => near.destroy());
    near.on("error", () => far.destroy());
  });
  await new Promise<void>((resolve) => link.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(link.address() as AddressInfo).port}`,
    answerWith: (next) => void (fault = next),
    close: () => void link.close(),
  };
}

function breakAnswer(fault: Fault, asked: IncomingMessage, answer: ServerResponse): void {
  asked.resume();
  if (fault === "500") answer.writeHead(500).end("Internal Server Error");
  else if (fault === "html")
    answer.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in to this network</h1>");
  else {
    answer.writeHead(200, { "content-type": "application/json", "content-length": "400" });
    answer.write('{"results":[{"editId":', () => answer.destroy());
  }
}

function passOn(port: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { method, headers, url: path } = asked;
  const further = request({ host: "127.0.0.1", port, method, headers, path }, (answered) => {
    answer.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(answer);
  });
  further.on("error", () => answer.destroy());
  asked.pipe(further);
}

function rawRequest({ method, url, rawHeaders }: IncomingMessage): string {
  const pairs = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return [`${method} ${url} HTTP/1.1`, ...pairs, "", ""].join("\r\n");
}
