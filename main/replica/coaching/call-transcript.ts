import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
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
      read: async ({ callId }) => ({ utterances: (await readAll(reads, transcripts, callId)).map(shownOf) }),
    },
  );
}

/** Without the times of words: all that was said goes to the window with each word that is. */
function shownOf({ id, speaker, startMs, text, final }: Utterance): ShownUtterance {
  return { id, speaker, startMs, text, final };
}

/** A guess that nothing final has ended when the call was over is none any more: it is in no record. */
async function readAll(
  reads: Reads,
  transcripts: Transcripts,
  callId: RecordId,
): Promise<readonly Utterance[]> {
  const utterances = await transcripts.utterances(callId);
  const call = await reads.get("calls", callId);
  return call?.endedAt ? utterances.filter(({ final }) => final) : utterances;
}
