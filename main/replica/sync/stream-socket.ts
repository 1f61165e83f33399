import { WebSocket } from "ws";
import { StreamDown, WireError } from "../../../shared/sync/wire.ts";
import type { AskError } from "../server/ask-json.ts";
import type { StreamLine, StreamListener, TransportError } from "./transport.ts";
import { transportErrorOf } from "./transport-errors.ts";

const handshakeTimeoutMs = 15_000;
/** The largest batch that a server sends is a small page; more is not ours. */
const maxMessageBytes = 64 * 1024 * 1024;
const maxRefusalBytes = 64 * 1024;

/** The stream over a WebSocket ([STREAM-1]). */
export function openStreamSocket(url: string, token: string, listener: StreamListener): StreamLine {
  const socket = new WebSocket(url, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: handshakeTimeoutMs,
    maxPayload: maxMessageBytes,
  });
  let ended = false;

  function end(why: TransportError): void {
    if (ended) return;
    ended = true;
    socket.terminate();
    listener.closed(why);
  }

  socket.on("open", () => listener.opened());
  socket.on("message", (data, isBinary) => {
    if (ended) return;
    const message = isBinary ? null : readMessage(String(data));
    if (message) listener.message(message);
    else end({ kind: "no-answer", trouble: "The server sent something that makes no sense." });
  });
  socket.on("unexpected-response", (_request, response) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (part: string) => void (text = (text + part).slice(0, maxRefusalBytes)));
    response.on("end", () => end(transportErrorOf(readRefusal(response.statusCode ?? 0, text))));
    response.on("error", () => end(nobody));
  });
  socket.on("error", () => end(nobody));
  socket.on("close", () => end(nobody));

  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close() {
      ended = true;
      socket.terminate();
    },
  };
}

const nobody: TransportError = { kind: "no-answer", trouble: null };

function readMessage(text: string): StreamDown | null {
  const parsed = StreamDown.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

function readRefusal(status: number, text: string): AskError {
  const refusal = WireError.safeParse(parseJson(text));
  if (refusal.success && status < 500) return { kind: "refused", status, error: refusal.data.error };
  return { kind: "no-answer", trouble: `The server answered with an error (${status}).` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
