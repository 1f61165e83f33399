import type { Queue } from "../entities/setting.ts";
import type { Talk } from "./call.ts";
import { usualQueue } from "./phone-rules.ts";

// What a queue of callers has come to, the same on the desk's wallboard and in the console's monitor.

/** Callers who were answered in a queue, or gave up, by how long they waited there. Who waits twice counts twice. */
export type QueueWaits = {
  /** Its key. */
  queue: string;
  /** From the call's beginning, or from when it was given to this queue, to the answer: whole seconds, rounded up; null = nobody answered. */
  waitedSeconds: number | null;
  calls: number;
};

/**
 * The same as text, for PostgreSQL: what stands beside call records (`doc`) in a query, its columns, grouped by the first
 * two, and which count. Rounding up keeps the comparison exact: targets are whole seconds.
 */
export const eachWait = `lateral jsonb_to_recordset(coalesce(doc->'line'->'waits', ${wholeCall()}))
  as wait (queue text, "from" timestamptz, "to" timestamptz, answered boolean)`;
export const waitColumns = `wait.queue,
  case when wait.answered then ceil(extract(epoch from wait."to" - wait."from"))::int end as "waitedSeconds",
  count(*)::int as calls`;
/** Whom we called waits for nobody, also where they are given to a queue afterwards. */
export const isCounted = `not deleted and doc->'line'->>'direction' = 'inbound' and wait.queue <> '' and wait."to" is not null`;

/** Of a call from before its waits were kept only its beginning, its answer and its last queue are known. */
function wholeCall(): string {
  const answered = "doc->>'answeredAt' is not null";
  return `jsonb_build_array(jsonb_build_object('queue', doc->'line'->'queue', 'from', doc->'startedAt',
    'to', coalesce(doc->>'answeredAt', doc->>'endedAt'), 'answered', ${answered}))`;
}

type Talked = { startedAt: string; talks?: readonly Talk[] };

/** Since when somebody in a queue waits: since they called, or talked to one of us last. */
export function waitsSince({ startedAt, talks = [] }: Talked): string {
  return talks.at(-1)?.to ?? startedAt;
}

export type WaitingCaller = { queue: string; since: string };

export type QueueFigures = {
  queue: string;
  name: string;
  waiting: number;
  /** When the one who waits longest began to; null = nobody waits. */
  longestSince: string | null;
  /** Share of the calls that were answered within the target; null = there were none. */
  serviceLevel: number | null;
  targetSeconds: number;
  calls: number;
  answered: number;
};

/** Callers whom no queue has, such as those of somebody's own number: they wait all the same. */
const ofNoQueue = "No queue";

/** Queues in use, in their order, then whatever else calls came through, and who waits in none while somebody does. */
export function figureQueues(
  known: readonly Pick<Queue, "key" | "label" | "targetSeconds" | "archived">[],
  waiting: readonly WaitingCaller[],
  waits: readonly QueueWaits[],
): QueueFigures[] {
  const used = known.filter(({ archived }) => !archived).map(({ key }) => key);
  const others = [...waits, ...waiting].map(({ queue }) => queue).filter(Boolean);
  const none = waiting.some(({ queue }) => queue === "") ? [""] : [];
  return [...new Set([...used, ...others.toSorted(), ...none])].map((queue) => {
    const setting = known.find(({ key }) => key === queue);
    const targetSeconds = setting?.targetSeconds ?? usualQueue.targetSeconds;
    const inIt = waiting.filter((caller) => caller.queue === queue);
    const ofQueue = waits.filter((one) => one.queue === queue);
    return {
      queue,
      name: setting?.label ?? (queue || ofNoQueue),
      waiting: inIt.length,
      longestSince: inIt.map(({ since }) => since).toSorted()[0] ?? null,
      serviceLevel: serviceLevel(ofQueue, targetSeconds),
      targetSeconds,
      calls: countCalls(ofQueue),
      answered: countCalls(ofQueue.filter(({ waitedSeconds }) => waitedSeconds !== null)),
    };
  });
}

/** Share of calls that were answered within so long; who gave up counts against it. Null = there were no calls. */
export function serviceLevel(
  waits: readonly Pick<QueueWaits, "waitedSeconds" | "calls">[],
  targetSeconds: number,
): number | null {
  const all = countCalls(waits);
  const inTime = waits.filter(
    ({ waitedSeconds }) => waitedSeconds !== null && waitedSeconds <= targetSeconds,
  );
  return all === 0 ? null : countCalls(inTime) / all;
}

function countCalls(waits: readonly Pick<QueueWaits, "calls">[]): number {
  return waits.reduce((sum, { calls }) => sum + calls, 0);
}
