import type { FieldValue } from "../../../../shared/entities/fields.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { bulkDeleteLeads, bulkEditLeads } from "../../../../shared/rpc/contract/leads.ts";
import type { InputOf } from "../../../../shared/rpc/define.ts";
import { fieldText, useClient, useEdits } from "../../../client/index.ts";
import { countOf } from "../../../ui/format/numbers.ts";
import { emptySelection, type Selection } from "../../../ui/table/selection.ts";
import { setSelection, useListState, type ListQuery } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { followJob } from "./job-store.ts";
import type { LeadRows } from "./use-lead-rows.ts";

export interface BulkEdits {
  setField: (path: string, value: FieldValue) => Promise<void>;
  /** Null where the rows are not known one by one. */
  addTag: ((tag: string) => void) | null;
  remove: () => Promise<void>;
}

/** Edits of everything that is selected, as one thing that can be taken back. */
export function useBulkEdits(list: LeadListModel, rows: LeadRows, count: number): BulkEdits {
  const client = useClient();
  const { edit, report } = useEdits();
  const { directory, query } = list;
  const many = countOf(count, directory.term("lead"), directory.term("leads"));
  const selected = () => selectionInput(useListState.getState().selection, query);

  const setField = async (path: string, value: FieldValue) => {
    const text = fieldText(directory, "leads", path, value, new Date());
    const label = `${many}: ${directory.fieldLabel("leads", path)} is ${text}`;
    const started = await client.call(bulkEditLeads, {
      selection: selected(),
      set: { [path]: value },
      label,
    });
    if (started.ok) followJob(started.value.jobId);
    else report(started, label);
  };
  const addTag = (tag: string) => {
    const { ids } = useListState.getState().selection;
    const edits = taggedRows(rows, ids, tag).map(({ id, tags }) => ({
      collection: "leads" as const,
      id,
      set: { tags },
    }));
    if (edits.length > 0) void edit(edits, `${many}: tagged ${tag}`);
  };
  const remove = async () => {
    const label = `Deleted ${many}`;
    const started = await client.call(bulkDeleteLeads, { selection: selected(), label });
    if (!started.ok) return void report(started, label);
    setSelection(emptySelection);
    followJob(started.value.jobId);
  };
  const knowsRows = useListState(({ selection }) => selection.kind === "some");
  return { setField, addTag: knowsRows ? addTag : null, remove };
}

export function selectionInput(
  selection: Selection,
  { filters, search }: ListQuery,
): InputOf<typeof bulkEditLeads>["selection"] {
  const ids = [...selection.ids] as RecordId[];
  return selection.kind === "some" ? { ids } : { filters, search, except: ids };
}

function taggedRows(
  rows: LeadRows,
  ids: ReadonlySet<string>,
  tag: string,
): { id: RecordId; tags: string[] }[] {
  const known = Array.from({ length: rows.total ?? 0 }, (_, index) => rows.rowAt(index));
  return known.flatMap((row) =>
    row && ids.has(row.id) && !row.tags.includes(tag) ? [{ id: row.id, tags: [...row.tags, tag] }] : [],
  );
}
