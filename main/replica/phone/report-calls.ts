import type { CallEvent } from "../../../shared/calls/call-event.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Edits } from "../replica.ts";

/** @property aheadMs how much this machine's clock is ahead of the server's */
type Reporter = { device: string; aheadMs: number };

/**
 * Keeps what this device's line says of a call: in the journal, with fsync, before it is answered. Times are put
 * right by the server's clock, or a call would seem to last from one clock to another.
 */
export async function reportCall(
  edits: Pick<Edits, "apply">,
  { device, aheadMs }: Reporter,
  callId: string,
  events: readonly CallEvent[],
): Promise<Result<Record<string, never>, RpcError>> {
  const corrected = events.map((event) => ({
    ...event,
    source: `device:${device}`,
    at: shift(event.at, -aheadMs),
    // One clock for both: wrap-up would last from one to the other.
    ...(event.type === "wrap-up-extended" ? { until: shift(event.until, -aheadMs) } : {}),
  }));
  const kept = await edits.apply(
    [{ kind: "report", collection: "calls", id: callId, events: corrected }],
    "A call",
    { keepUndo: false },
  );
  return kept.ok ? ok({}) : kept;
}

function shift(at: string, byMs: number): string {
  return new Date(Date.parse(at) + byMs).toISOString();
}
