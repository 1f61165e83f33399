import type { CallState } from "../../../shared/calls/call.ts";
import { clockStartOf, holderAt, shiftsOf } from "../../../shared/calls/talks.ts";
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
        const saidBy = call?.line ? formerHolders(call, call.line) : () => null;
        return { utterances: utterances.map((one) => shownOf(one, saidBy(one))) };
      },
    },
  );
}

/** Without the times of words: all that was said goes to the window with each word that is. */
function shownOf({ id, speaker, startMs, text, final }: Utterance, formerId: UserId | null): ShownUtterance {
  return { id, speaker, startMs, text, final, formerId };
}

/** Who of us said something before the call was handed over to whoever has it now. */
function formerHolders(call: Call, line: CallState): (said: Utterance) => UserId | null {
  const shifts = shiftsOf(line, clockStartOf(call));
  return ({ speaker, startMs }) => {
    const holder = speaker === "agent" ? holderAt(shifts, startMs) : null;
    return holder === call.agentId ? null : holder;
  };
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
