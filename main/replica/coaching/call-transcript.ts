import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { RecordId, UserId } from "../../../shared/entities/id.ts";
import type { callTranscript, ShownUtterance } from "../../../shared/rpc/contract/coaching.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import type { Reads } from "../replica.ts";
import type { Transcripts } from "./transcripts.ts";

/** What is said in a call, as it is said and long after. */
export function createCallTranscript(
  reads: Reads,
  transcripts: Transcripts,
): QueryHandler<typeof callTranscript> {
  return liveQuery<typeof callTranscript>(
    { reads },
    {
      dependsOn: ["calls"],
      affects: ({ records }, { callId }) => records.some(({ id }) => id === callId),
      alsoOn: (rerun, { callId }) => transcripts.watch(callId, rerun),
      read: async ({ callId }) => {
        const call = await reads.get("calls", callId);
        const utterances = await readAll(transcripts, callId, call);
        const former = call ? await readFormer(reads, call) : new Map<string, UserId>();
        return { utterances: utterances.map((one) => shownOf(one, former.get(one.id) ?? null)) };
      },
    },
  );
}

/** Without the times of words: all that was said goes to the window with each word that is. */
function shownOf({ id, speaker, startMs, text, final }: Utterance, formerId: UserId | null): ShownUtterance {
  return { id, speaker, startMs, text, final, formerId };
}

/** What was said before the call was handed over, by id. Segments know who had it when they were written. */
async function readFormer(reads: Reads, { id, agentId, line }: Call): Promise<ReadonlyMap<string, UserId>> {
  if (!line || line.formerAgentIds.length === 0) return new Map();
  const rows = await reads.sql<{ id: string; by: UserId }>(
    `select id, doc->>'agentId' as by from ${reads.table("segments")}
     where not deleted and doc->>'callId' = $1 and doc->>'speaker' = 'agent' and doc->>'agentId' <> $2`,
    [id, agentId ?? ""],
  );
  return new Map(rows.map((row) => [row.id, row.by]));
}

/** A guess that nothing final has ended when the call was over is none any more: it is in no record. */
async function readAll(
  transcripts: Transcripts,
  callId: RecordId,
  call: Call | null,
): Promise<readonly Utterance[]> {
  const utterances = await transcripts.utterances(callId);
  return call?.endedAt ? utterances.filter(({ final }) => final) : utterances;
}
