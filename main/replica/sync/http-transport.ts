import type { z } from "zod";
import { systemTimers, type Timers } from "../../../shared/result/ports.ts";
import type { Result } from "../../../shared/result/result.ts";
import { PullResponse, PushResponse, syncPaths } from "../../../shared/sync/wire.ts";
import { askJson } from "../server/ask-json.ts";
import { openStreamSocket } from "./stream-socket.ts";
import type { SyncTransport, TransportError } from "./transport.ts";
import { transportErrorOf } from "./transport-errors.ts";

export type HttpTransportOptions = {
  /** Base address of the sync-server, without a trailing slash. */
  serverUrl: string;
  token: string;
  timers?: Timers;
  pullTimeoutMs?: number;
  pushTimeoutMs?: number;
};

/** The way to a real server: HTTP for pull and push, a WebSocket for the stream. */
export function createHttpTransport(options: HttpTransportOptions): SyncTransport {
  const { serverUrl, token, timers = systemTimers, pullTimeoutMs = 60_000, pushTimeoutMs = 60_000 } = options;

  async function post<S extends z.ZodType>(
    path: string,
    body: unknown,
    schema: S,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Result<z.output<S>, TransportError>> {
    const url = serverUrl + path;
    const answer = await askJson({ method: "POST", url, token, body, timeoutMs, signal, timers }, schema);
    return answer.ok ? answer : { ok: false, error: transportErrorOf(answer.error) };
  }

  return {
    pull: (request, signal) => post(syncPaths.pull, request, PullResponse, pullTimeoutMs, signal),
    push: (request, signal) => post(syncPaths.push, request, PushResponse, pushTimeoutMs, signal),
    openStream: (listener) =>
      openStreamSocket(serverUrl.replace(/^http/u, "ws") + syncPaths.stream, token, listener),
  };
}
