import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { decodeMulaw } from "../../shared/calls/mulaw.ts";
import { loudness } from "../../sync-server/coaching/speech/listen-track.ts";

export type Fault = "none" | "refuses" | "closes" | "error" | "nonsense" | "wrong-shape" | "hangs";

/** A server that speaks a provider's wire form over real WebSockets, and understands what a test says it does. */
export type FakeProvider = {
  baseUrl: string;
  /** What the next turns of speech are taken for. */
  understands(...turns: string[]): void;
  /** From the next connection on. */
  failBy(fault: Fault): void;
  /** Samples that arrived, and how loud the loudest frame was. */
  readonly heard: { samples: number; loudest: number };
  readonly requests: { path: string; authorization: string; first: unknown }[];
  close(): Promise<void>;
};

type Form = {
  /** Answers to one message of a connection. */
  connect(socket: WebSocket, next: () => string, hear: (audio: Int16Array) => void): (data: Buffer, isBinary: boolean) => void; // prettier-ignore
  error: unknown;
  /** Of the right type and the wrong shape. */
  misshapen: unknown;
};

async function start({ connect, error, misshapen }: Form): Promise<FakeProvider> {
  const sockets = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    verifyClient: (_info: unknown, done: (ok: boolean, code?: number) => void) =>
      done(fault !== "refuses", 401),
  });
  await once(sockets, "listening");
  const turns: string[] = [];
  const heard = { samples: 0, loudest: 0 };
  const requests: FakeProvider["requests"] = [];
  let fault: Fault = "none";
  const hear = (audio: Int16Array) => {
    heard.samples += audio.length;
    heard.loudest = Math.max(heard.loudest, loudness(audio));
  };
  const faults: Partial<Record<Fault, (socket: WebSocket) => void>> = {
    closes: (socket) => socket.close(1011),
    error: (socket) => socket.send(JSON.stringify(error)),
    nonsense: (socket) => socket.send("<html>"),
    "wrong-shape": (socket) => socket.send(JSON.stringify(misshapen)),
  };
  sockets.on("connection", (socket, { url = "", headers }) => {
    const request = { path: url, authorization: headers.authorization ?? "", first: null as unknown };
    requests.push(request);
    const takes = connect(socket, () => turns.shift() ?? "something", hear);
    const own = fault;
    socket.on("message", (data, isBinary) => {
      request.first ??= isBinary ? "bytes" : JSON.parse(String(data));
      if (own === "none") takes(data as Buffer, isBinary);
      else faults[own]?.(socket);
    });
  });
  const { port } = sockets.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    understands: (...more) => void turns.push(...more),
    failBy: (next) => (fault = next),
    heard,
    requests,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

/** OpenAI's realtime transcription: the client says where a turn ends; words come as it is understood. */
export function startFakeOpenAi(): Promise<FakeProvider> {
  return start({
    error: {
      type: "error",
      error: { type: "invalid_request_error", code: "invalid_value", message: "said: x" },
    },
    misshapen: { type: "conversation.item.input_audio_transcription.completed", transcript: 7 },
    connect(socket, next, hear) {
      const send = (event: unknown) => socket.send(JSON.stringify(event));
      const of = (what: string) => `conversation.item.input_audio_transcription.${what}`;
      let items = 0;
      let buffered = 0;
      send({ type: "session.created", session: { type: "transcription" } });
      return (data) => {
        const message = JSON.parse(String(data)) as { type: string; audio?: string };
        if (message.type === "session.update") send({ type: "session.updated", session: {} });
        if (message.type === "input_audio_buffer.append") {
          const audio = decodeMulaw(Buffer.from(message.audio ?? "", "base64"));
          buffered += audio.length;
          hear(audio);
        }
        if (message.type !== "input_audio_buffer.commit") return;
        if (buffered === 0)
          return send({ type: "error", error: { code: "input_audio_buffer_commit_empty" } });
        buffered = 0;
        const item_id = `item_${(items += 1)}`;
        const text = next();
        send({ type: "input_audio_buffer.committed", item_id, previous_item_id: null });
        for (const word of text.split(/(?<= )/u)) send({ type: of("delta"), item_id, content_index: 0, delta: word }); // prettier-ignore
        send({ type: of("completed"), item_id, content_index: 0, transcript: text });
      };
    },
  });
}

/** Deepgram's live form: it finds the end of a turn itself, and gives each word its time. */
export function startFakeDeepgram(): Promise<FakeProvider> {
  return start({
    error: { type: "Error", description: "said: x", message: "", variant: "" },
    misshapen: { type: "Results", is_final: "yes" },
    connect(socket, next, hear) {
      let heardMs = 0;
      let turn: { text: string; beganMs: number; quietMs: number } | null = null;
      const tell = (words: string[], beganMs: number, isFinal: boolean) =>
        socket.send(JSON.stringify({ type: "Results", channel_index: [0, 1], start: beganMs / 1_000, duration: 1, is_final: isFinal, speech_final: isFinal, channel: { alternatives: [{ transcript: words.join(" "), confidence: 0.9, words: words.map((word, index) => ({ word: word.toLowerCase(), punctuated_word: word, start: (beganMs + index * 100) / 1_000, end: (beganMs + index * 100 + 80) / 1_000, confidence: 0.9 })) }] } })); // prettier-ignore
      const end = () => {
        if (turn) tell(turn.text.split(" "), turn.beganMs, true);
        turn = null;
      };
      return (data, isBinary) => {
        if (!isBinary) {
          end();
          socket.send(
            JSON.stringify({ type: "Metadata", request_id: "r", duration: heardMs / 1_000, channels: 1 }),
          );
          return socket.close(1000);
        }
        const audio = new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
        hear(audio);
        const isVoiced = loudness(audio) > 500;
        if (isVoiced && !turn) {
          turn = { text: next(), beganMs: heardMs, quietMs: 0 };
          tell(turn.text.split(" ").slice(0, 1), turn.beganMs, false);
        }
        heardMs += audio.length / 8;
        if (!turn) return;
        turn.quietMs = isVoiced ? 0 : turn.quietMs + audio.length / 8;
        if (turn.quietMs >= 300) end();
      };
    },
  });
}
