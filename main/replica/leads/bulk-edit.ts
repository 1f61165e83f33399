import { maxTags, type FieldValue } from "../../../shared/entities/fields.ts";
import type { bulkDeleteLeads, bulkEditLeads } from "../../../shared/rpc/contract/leads.ts";
import type { ParsedInputOf } from "../../../shared/rpc/define.ts";
import { err, ok } from "../../../shared/result/result.ts";
import { formatCount } from "../../../shared/text/counts.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import { createLeftOut, type LeftOut } from "../edits/left-out.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { giveWay } from "../live/slices.ts";
import type { Draft, Edits, Reads } from "../replica.ts";
import { goWithOwner } from "../records/go-with-owner.ts";
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
  const { reads } = index.context.replica;
  const start = (label: string, selection: Selection, what: What, draftsOf: DraftsOf) => {
    const jobId = jobs.start("bulk-edit", label, async (job) => {
      const ids = await idsOfSelection(index, search, selection);
      const drafts = await draftsOf(ids);
      job.progress(0, drafts.length);
      const left = createLeftOut();
      const applied = await edits.apply(drafts, label, {
        signal: job.signal,
        leaveOut: left.take,
        onProgress: (done) => job.progress(done, drafts.length),
      });
      if (!applied.ok) return applied;
      const { undoId, count } = applied.value;
      const message = job.signal.aborted ? `Stopped after ${count} of ${drafts.length}.` : null;
      const why = left.why();
      if (count === 0 && why) return err(why);
      if (count === 0) return ok({ undoId: null, message: message ?? nothingToChange });
      return ok({ undoId, message: message ?? (why && sayLeft(what, count, left)) });
    });
    return Promise.resolve(ok({ jobId }));
  };
  return {
    bulkEditLeads: ({ selection, set, addTag, label }) =>
      start(label, selection, whatOf(set), async (ids) => [
        ...(Object.keys(set).length > 0
          ? await goWithOwner(
              reads,
              ids.map((id) => updateOf(id, set)),
            )
          : []),
        ...(addTag === null ? [] : await draftTags(reads, ids, addTag)),
      ]),
    bulkDeleteLeads: ({ selection, label }) =>
      start(label, selection, "delete", (ids) =>
        ids.map((id) => ({ kind: "delete", collection: "leads", id })),
      ),
  };
}

/** What is done to each, for the words on those that somebody may not do it to. */
type What = "give" | "change" | "delete";

function whatOf(set: Record<string, FieldValue>): What {
  return "ownerId" in set || "teamId" in set ? "give" : "change";
}

/** Of drafts that the desk left out: how many were done, and why the others were not. */
function sayLeft(what: What, done: number, left: LeftOut): string {
  const said = `${formatCount(done)} ${what === "delete" ? "deleted" : "changed"}`;
  const [theirs, are] = [formatCount(left.count()), left.count() === 1 ? "is" : "are"];
  if (left.why()?.code !== "forbidden" || what === "change") return said + left.words();
  return `${said}, ${theirs} ${are} not yours to ${what === "give" ? "give away" : "delete"}`;
}

const nothingToChange = "Nothing to change: it is so already.";

type DraftsOf = (ids: readonly string[]) => Draft[] | Promise<Draft[]>;

/** As many leads are read at once. */
const batch = 250;

/** A tag more for every lead that does not have it yet and has room for it. */
async function draftTags(reads: Reads, ids: readonly string[], tag: string): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (let at = 0; at < ids.length; at += batch) {
    const leads = await reads.getAll("leads", ids.slice(at, at + batch));
    for (const { id, tags } of leads.values()) {
      if (tags.includes(tag) || tags.length >= maxTags) continue;
      drafts.push({ ...updateOf(id, { tags: [...tags, tag] }), seen: { tags } });
    }
    await giveWay();
  }
  return drafts;
}

function updateOf(id: string, set: Record<string, FieldValue>): Extract<Draft, { kind: "update" }> {
  return { kind: "update", collection: "leads", id, set };
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
