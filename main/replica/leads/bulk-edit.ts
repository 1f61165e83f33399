import type { bulkDeleteLeads, bulkEditLeads } from "../../../shared/rpc/contract/leads.ts";
import type { ParsedInputOf } from "../../../shared/rpc/define.ts";
import { ok } from "../../../shared/result/result.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Draft, Edits } from "../replica.ts";
import type { LeadSearch } from "../search/lead-search.ts";
import type { LeadIndex } from "./lead-index.ts";
import { selectLeads } from "./ranked-leads.ts";

type Contract = { bulkEditLeads: typeof bulkEditLeads; bulkDeleteLeads: typeof bulkDeleteLeads };
export type Selection = ParsedInputOf<typeof bulkDeleteLeads>["selection"];

/** Edits of a whole selection: a job with progress that can be cancelled, and one undo for all of it. */
export function createBulkEdits(
  index: LeadIndex,
  search: LeadSearch,
  edits: Edits,
  jobs: Jobs,
): Handlers<Contract> {
  const start = (label: string, selection: Selection, draftOf: (id: string) => Draft) => {
    const jobId = jobs.start("bulk-edit", label, async (job) => {
      const ids = await idsOfSelection(index, search, selection);
      const drafts = ids.map(draftOf);
      job.progress(0, drafts.length);
      const applied = await edits.apply(drafts, label, {
        signal: job.signal,
        onProgress: (done) => job.progress(done, drafts.length),
      });
      if (!applied.ok) return applied;
      const { undoId, count } = applied.value;
      return ok({
        undoId,
        message: job.signal.aborted ? `Stopped after ${count} of ${drafts.length}.` : null,
      });
    });
    return Promise.resolve(ok({ jobId }));
  };
  return {
    bulkEditLeads: ({ selection, set, label }) =>
      start(label, selection, (id) => ({ kind: "update", collection: "leads", id, set })),
    bulkDeleteLeads: ({ selection, label }) =>
      start(label, selection, (id) => ({ kind: "delete", collection: "leads", id })),
  };
}

/** Every lead of a selection, as it is now. */
export async function idsOfSelection(
  index: LeadIndex,
  search: LeadSearch,
  selection: Selection,
): Promise<string[]> {
  if ("ids" in selection) return [...new Set<string>(selection.ids)];
  const except = new Set<string>(selection.except);
  return (await selectLeads(index, search, selection)).filter((id) => !except.has(id));
}
