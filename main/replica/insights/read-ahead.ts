import type { readAhead } from "../../../shared/rpc/contract/insights.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { createParameters } from "../live/parameters.ts";
import { callFacts } from "./call-facts.ts";
import { forgetWords, keepWords, saidWords } from "./said-words.ts";
import { inPeriod, inScope, periodsOf, type InsightPorts, type InsightScope } from "./scope.ts";

export type ReadAhead = {
  /** Reads as long as somebody follows it. */
  query: QueryHandler<typeof readAhead>;
  close(): void;
};

export type ReadAheadPorts = InsightPorts & {
  timers: Timers;
  /** Texts of older calls than these hold are not kept. */
  mostBytes?: number;
};

/** What a million segments say takes 38 MB. They lie in the replica's folder, not in its memory. */
const usualBytes = 64_000_000;
/** The dashboard that somebody has just opened is drawn first. */
const beginsAfterMs = 1_000;
/** Calls whose texts are read and folded at once, in some ten milliseconds. */
const callsAtOnce = 60;
/** So much longer than it worked it rests: a third of the process's time is this at most. */
const restFactor = 2;
/** Who leaves Insights and comes back soon finds the texts where they were. */
export const forgottenAfterMs = 600_000;

/** All that may be searched. */
const everything: InsightScope = {
  ...{ teamId: null, agentId: null, days: 364, against: "before" as const },
  ...{ playbook: "", version: 0, outcome: "" },
};

/**
 * While Insights is open somebody may search all that was said: its texts are read and kept in the background, newest
 * calls first, and forgotten when nobody has looked for a while. Nobody who never opens it pays for that
 * (docs/decisions/0031).
 */
export function createReadAhead(ports: ReadAheadPorts): ReadAhead {
  const { timers } = ports;
  const followers = new Set<(ready: boolean) => void>();
  let reading: { isStopped: boolean; ready: boolean } | null = null;
  let isClosed = false;
  // Texts of a desk that was closed while it had them are as good as ever, as long as somebody looks again.
  let cancel = forgetLater();

  function forgetLater(): () => void {
    return timers.after(forgottenAfterMs, () => void forgetWords(ports.replica.reads).catch(() => {}));
  }

  function begin(): void {
    cancel();
    const mine = (reading = { isStopped: false, ready: false });
    cancel = timers.after(beginsAfterMs, () => {
      // What could not be kept, on a disk that is full for one, is read by the search itself.
      const read = readTexts(ports, () => mine.isStopped).catch(() => {});
      void read.then(() => end(mine));
    });
  }

  function end(run: NonNullable<typeof reading>): void {
    if (run.isStopped) return;
    run.ready = true;
    for (const tell of followers) tell(true);
  }

  function stop(): void {
    cancel();
    if (reading) reading.isStopped = true;
    reading = null;
  }

  return {
    query(_input, emit) {
      const tell = (ready: boolean) => emit({ ready });
      followers.add(tell);
      if (reading === null) begin();
      tell(reading?.ready ?? false);
      return () => {
        followers.delete(tell);
        // Whoever looked may leave after the desk was closed, and its replica with it.
        if (followers.size > 0 || isClosed) return;
        stop();
        cancel = forgetLater();
      };
    },
    close() {
      isClosed = true;
      stop();
    },
  };
}

async function readTexts(ports: ReadAheadPorts, isStopped: () => boolean): Promise<void> {
  const { timers, mostBytes = usualBytes } = ports;
  const { reads } = ports.replica;
  let { bytes, calls } = await readMissing(ports);
  while (calls.length > 0 && bytes < mostBytes && !isStopped()) {
    const beganMs = performance.now();
    bytes += await keepWords(reads, calls.slice(0, callsAtOnce));
    calls = calls.slice(callsAtOnce);
    const restMs = (performance.now() - beganMs) * restFactor;
    await new Promise<void>((resolve) => timers.after(restMs, resolve));
  }
}

/** Calls without a text, newest first, and what the texts of the others take. */
async function readMissing(ports: InsightPorts): Promise<{ bytes: number; calls: string[] }> {
  const { reads } = ports.replica;
  const parameters = createParameters();
  const missing = await reads.sql<{ id: string }>(
    `select call_id as id from ${callFacts} facts
     where ${inScope(everything, ports.replica, parameters)}
       and ${inPeriod(periodsOf(everything, ports).now, parameters)}
       and not exists (select from ${saidWords} known where known.call_id = facts.call_id and words is not null)
     order by at_ms desc, call_id`,
    parameters.values,
  );
  const [kept] = await reads.sql<{ bytes: number }>(
    `select coalesce(sum(octet_length(words)), 0)::float8 as bytes from ${saidWords}`,
  );
  return { bytes: kept?.bytes ?? 0, calls: missing.map(({ id }) => id) };
}
