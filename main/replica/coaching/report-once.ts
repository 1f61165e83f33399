import type { FoundReport, ReportInput } from "../../../shared/coaching/report/report-input.ts";
import { sameValue } from "../../../shared/sync/fields.ts";

/** What a call came to by this input, worked out by `find` unless it was, or is being, already. */
export type ReportOnce = (
  callId: string,
  input: ReportInput,
  find: () => Promise<FoundReport>,
) => Promise<FoundReport>;

/** Calls whose wrap-up, or whose drawer, may still be on the screen. */
const mostCalls = 4;

/**
 * Several windows look at the report of a call that has just ended, and each looks again when something of the call has
 * changed that is not in its report: it is worked out once for all of them.
 */
export function createReportOnce(): ReportOnce {
  const known = new Map<string, { by: unknown; found: Promise<FoundReport> }>();
  return (callId, input, find) => {
    const by = contentOf(input);
    const before = known.get(callId);
    if (before && sameValue(before.by, by)) return before.found;
    const found = find();
    known.delete(callId);
    known.set(callId, { by, found });
    for (const oldest of known.keys()) if (known.size > mostCalls) known.delete(oldest);
    // What failed is tried again by whoever asks next.
    found.catch(() => {
      if (known.get(callId)?.found === found) known.delete(callId);
    });
    return found;
  };
}

/** What was compared in meaning is a memory that goes on growing, so what it holds now is noted. */
function contentOf({ alike, ...input }: ReportInput) {
  return { ...input, alike: [...alike.keys()] };
}
