import { err, type Result } from "../../../shared/result/result.ts";
import type { Completed, Piece, ProviderFailure, Usage } from "../../ai/index.ts";
import { failed } from "./failure.ts";
import { createTextFlow } from "./sendable.ts";

/** A stream as a provider's library opens it; `stop` closes the connection. */
export type OpenedStream = { events: AsyncIterable<unknown>; response: Response; stop(): void };

/** Reads one provider's events, one after the other. */
export type StreamReader = {
  /** @returns the text that it brings; empty = none, or it is no event that we know */
  take(event: unknown): string;
  /** @returns null while the provider has not said that it is done */
  result(text: string): Result<Completed, ProviderFailure> | null;
  /** What it has said so far. */
  usage(): Usage | null;
};

type Streaming = {
  open: () => Promise<OpenedStream>;
  reader: StreamReader;
  /** @param began whether anything of an answer had come */
  explain: (error: unknown, began: boolean) => ProviderFailure;
  signal: AbortSignal;
};

/** The pieces of one stream. A consumer that stops early closes the connection. */
export async function* piecesOf({ open, reader, explain, signal }: Streaming): AsyncGenerator<Piece> {
  const flow = createTextFlow();
  const end = (instead: () => Result<never, ProviderFailure>): Piece => ({
    kind: "end",
    // What breaks behind a whole answer takes nothing from it.
    result: reader.result(flow.whole()) ?? instead(),
  });
  let began = false;
  try {
    const { events, response, stop } = await open();
    if (!isEventStream(response)) {
      stop();
      yield end(() => failed("unreadable"));
      return;
    }
    began = true;
    for await (const event of events) yield* textPiece(flow.take(reader.take(event)));
  } catch (error) {
    yield end(() => err({ ...explain(error, began), usage: reader.usage() }));
    return;
  }
  yield* textPiece(flow.rest());
  // The libraries end quietly, both when we hung up and when the provider did.
  yield end(() => failed(signal.aborted ? "timed-out" : "cut-off", reader.usage()));
}

function* textPiece(text: string): Generator<Piece> {
  if (text !== "") yield { kind: "text", text };
}

/** Proxies answer a page of HTML with 200; some servers name no type at all. */
function isEventStream(response: Response): boolean {
  const type = response.headers.get("content-type");
  return type === null || type.startsWith("text/event-stream");
}
