import { WebSocket, type RawData } from "ws";

const handshakeTimeoutMs = 10_000;
/** An answer is a few KB. */
const longestMessage = 1_000_000;
/** Speech that waits while the connection is made; what is older is of no use any more. */
const mostEarlyMessages = 500;
/** A provider that does not read is as good as gone. */
const mostWaitingBytes = 1_000_000;
/** What is still understood after the end is told within this time. */
const lastWordsMs = 2_000;

export type SocketPorts = {
  url: string;
  headers: Record<string, string>;
  /** Called first, before anything that waits. */
  onOpen?(send: (message: string) => void): void;
  /** @returns why it makes no sense; null where it does */
  onMessage(message: unknown): string | null;
  onSent(soundMs: number): void;
  onEnd(why: string): void;
};

export type SpeechSocket = {
  /** @param soundMs how much sound is in it */
  send(message: string | Buffer, soundMs?: number): void;
  /** Sends a last message and lets the other side finish. */
  finish(message: string): void;
  end(why: string): void;
};

/** One WebSocket to a provider, from its opening to its one end. */
export function openSpeechSocket(ports: SocketPorts): SpeechSocket {
  const { url, headers, onOpen, onMessage, onSent, onEnd } = ports;
  const socket = new WebSocket(url, {
    headers,
    handshakeTimeout: handshakeTimeoutMs,
    maxPayload: longestMessage,
  });
  let early: [message: string | Buffer, soundMs: number][] = [];
  let ended = false;

  const end = (why: string): void => {
    if (ended) return;
    ended = true;
    early = [];
    socket.terminate();
    onEnd(why);
  };
  const send = (message: string | Buffer, soundMs = 0): void => {
    if (ended) return;
    if (socket.readyState === socket.CONNECTING) {
      early.push([message, soundMs]);
      if (early.length > mostEarlyMessages) early.shift();
      return;
    }
    if (socket.bufferedAmount > mostWaitingBytes) return end("the provider does not read");
    if (socket.readyState !== socket.OPEN) return;
    socket.send(message);
    if (soundMs > 0) onSent(soundMs);
  };

  socket.on("open", () => {
    onOpen?.((message) => socket.send(message));
    for (const [message, soundMs] of early.splice(0)) send(message, soundMs);
  });
  socket.on("message", (data, isBinary) => {
    if (ended) return;
    const fault = isBinary ? "the provider sent bytes" : read(data, onMessage);
    if (fault !== null) end(fault);
  });
  // Its message may name the address, and with some providers that holds a key.
  socket.on("error", (error: Error & { code?: string }) => end(`the connection failed: ${error.code ?? "refused"}`)); // prettier-ignore
  socket.on("close", (code) => end(`the provider closed the connection (${code})`));

  return {
    send,
    finish(message) {
      send(message);
      setTimeout(() => end("closed"), lastWordsMs).unref();
    },
    end,
  };
}

function read(data: RawData, onMessage: SocketPorts["onMessage"]): string | null {
  try {
    return onMessage(JSON.parse(String(data)));
  } catch {
    return "the provider sent what is no JSON";
  }
}
