import { reportCalls } from "../../../../shared/rpc/contract/phone.ts";
import type { Timers } from "../../../../shared/result/ports.ts";
import type { CallEvent } from "../../../../shared/calls/call-event.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Client } from "../../../client/index.ts";

type Report = { callId: RecordId; events: CallEvent[] };

export const againAfterMs = 1_000;

/**
 * Hands what happened to the replica, in order, until it has taken it: a replica that restarts in the middle of a
 * call loses nothing, and what it hears twice it knows by its key. What it refuses is not said again.
 */
export function createReporter(client: Client, timers: Timers): (report: Report) => void {
  const waiting: Report[] = [];
  let busy = false;

  async function work(): Promise<void> {
    const [next] = waiting;
    busy = next !== undefined;
    if (!next) return;
    const answer = await client.call(reportCalls, next);
    const again = !answer.ok && goesAway(answer.error);
    if (!again) waiting.shift();
    if (again) timers.after(againAfterMs, () => void work());
    else void work();
  }

  return (report) => {
    waiting.push(report);
    if (!busy) void work();
  };
}

const passing: ReadonlySet<string> = new Set(["cancelled", "busy", "disk-full", "read-only", "internal"]);

/** By itself: what was refused for this reason is asked for again. */
export function goesAway({ code }: { code: string }): boolean {
  return passing.has(code);
}
