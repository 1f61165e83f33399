import { rankMoments } from "../insights/moments.ts";
import { readNotes } from "../insights/notes.ts";
import type { InsightPorts } from "../insights/scope.ts";
import type { WantedRecording } from "./choose-recordings.ts";
import { recordingOf } from "./keep-recordings.ts";

/** The insights as they open: everybody whom this person looks at, four weeks. */
const usualScope = {
  ...{ teamId: null, agentId: null, days: 28, against: "before" as const },
  ...{ playbook: "", version: 0, outcome: "" },
};
/** What was said long ago is rarely heard again. */
const mostNotes = 50;

/**
 * Recordings that this person would review: of the moments to review, of what they practise or ask others to, and of
 * their own calls that somebody commented on.
 */
export async function readToReview(ports: InsightPorts): Promise<WantedRecording[]> {
  const { reads, me } = ports.replica;
  const moments = await rankMoments(ports, usualScope);
  const notes = await readNotes(
    reads,
    `(doc->>'kind' = 'assignment' and doc->>'status' = 'open' and $1 in (doc->>'agentId', doc->>'byId')
       or doc->>'kind' = 'comment' and doc->>'agentId' = $1)`,
    [me.userId],
  );
  const said = notes.slice(-mostNotes).flatMap(({ callId }) => callId ?? []);
  const calls = await reads.getAll("calls", [...new Set([...moments.map(({ callId }) => callId), ...said])]);
  return [...calls.values()].flatMap((call) => recordingOf(call) ?? []);
}
