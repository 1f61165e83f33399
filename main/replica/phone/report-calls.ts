import type { CallEvent } from "../../../shared/calls/call-event.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Edits } from "../replica.ts";

/**
 * Keeps what this device's line says of a call: in the journal, with fsync, before it is answered.
 * @param device its name at the server; its times are told by the server's clock already (`serverClock`)
 */
export async function reportCall(
  edits: Pick<Edits, "apply">,
  device: string,
  callId: string,
  events: readonly CallEvent[],
): Promise<Result<Record<string, never>, RpcError>> {
  const named = events.map((event) => ({ ...event, source: `device:${device}` }));
  const kept = await edits.apply(
    [{ kind: "report", collection: "calls", id: callId, events: named }],
    "A call",
    { keepUndo: false },
  );
  return kept.ok ? ok({}) : kept;
}
