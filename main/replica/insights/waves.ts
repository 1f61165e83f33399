import type { RecordId } from "../../../shared/entities/id.ts";
import type { Speaker } from "../../../shared/coaching/utterance.ts";
import type { Reads } from "../replica.ts";

/** How much of each part of a call either side spoke, 0 to 1. */
export type Wave = { agent: number; customer: number }[];
type Turn = { speaker: Speaker; startMs: number; endMs: number };

const parts = 48;

/** Of each call that has a transcript on this device, and how long it was by that, ms. */
export async function readWaves(
  reads: Reads,
  callIds: readonly string[],
): Promise<Map<string, { wave: Wave; durationMs: number }>> {
  const turns = await reads.sql<Turn & { callId: RecordId }>(
    `select doc->>'callId' as "callId", doc->>'speaker' as speaker,
       (doc->>'startMs')::int as "startMs", (doc->>'endMs')::int as "endMs"
     from ${reads.table("segments")} where not deleted and doc->>'callId' = any($1::text[])`,
    [callIds],
  );
  const byCall = Map.groupBy(turns, ({ callId }) => callId as string);
  return new Map(
    Array.from(byCall, ([callId, ofCall]) => {
      const durationMs = Math.max(1, ...ofCall.map(({ endMs }) => endMs));
      return [callId, { wave: waveOf(ofCall, durationMs), durationMs }];
    }),
  );
}

/** @param durationMs of the call; its parts are equally long */
export function waveOf(turns: readonly Turn[], durationMs: number): Wave {
  const spoken = { agent: new Float64Array(parts), customer: new Float64Array(parts) };
  const partMs = durationMs / parts;
  for (const { speaker, startMs, endMs } of turns) {
    const last = Math.min(parts - 1, Math.floor(endMs / partMs));
    for (let part = Math.floor(startMs / partMs); part <= last; part += 1) {
      const from = Math.max(startMs, part * partMs);
      const to = Math.min(endMs, (part + 1) * partMs);
      spoken[speaker][part] = (spoken[speaker][part] ?? 0) + Math.max(0, to - from) / partMs;
    }
  }
  const shareOf = (speaker: Speaker, part: number) =>
    Math.round(100 * Math.min(1, spoken[speaker][part] ?? 0)) / 100;
  return Array.from({ length: parts }, (_, part) => ({
    agent: shareOf("agent", part),
    customer: shareOf("customer", part),
  }));
}
