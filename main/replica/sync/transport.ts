import type { Result } from "../../../shared/result/result.ts";
import type {
  EndReason,
  PullRequest,
  PullResponse,
  PushRequest,
  PushResponse,
  StreamDown,
  StreamUp,
} from "../../../shared/sync/wire.ts";

/** The way to the server. Real: HTTP and a WebSocket. In the simulation: a link that drops, delays and repeats. */
export interface SyncTransport {
  pull(request: PullRequest, signal: AbortSignal): Promise<Result<PullResponse, TransportError>>;
  push(request: PushRequest, signal: AbortSignal): Promise<Result<PushResponse, TransportError>>;
  /** Nothing is sent before `opened`; after `closed` nothing more comes. Each is called at most once. */
  openStream(listener: StreamListener): StreamLine;
}

export type StreamListener = {
  opened(): void;
  /** A message that was not understood never arrives: it closes the stream. */
  message(message: StreamDown): void;
  closed(why: TransportError): void;
};

export interface StreamLine {
  send(message: StreamUp): void;
  close(): void;
}

export type TransportError =
  /** Nobody answered, or not as our server does: nothing is known about what happened ([PUSH-7]). */
  | { kind: "no-answer"; trouble: string | null; retryAfterMs?: number }
  /** What is asked or sent builds on what was pulled for another scope than the server's `scope` ([AUD-4], [REST-5]). */
  | { kind: "scope-changed"; scope: string }
  /** The server read the request and will never take it as it is. */
  | { kind: "rejected"; message: string }
  | { kind: "ended"; why: Exclude<EndReason, "server-stopping"> };
