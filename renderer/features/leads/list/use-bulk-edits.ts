import type { FieldValue } from "../../../../shared/entities/fields.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { bulkDeleteLeads, bulkEditLeads } from "../../../../shared/rpc/contract/leads.ts";
import type { InputOf } from "../../../../shared/rpc/define.ts";
import { fieldText, useClient, useEdits } from "../../../client/index.ts";
import { countOf } from "../../../ui/format/numbers.ts";
import { emptySelection, type Selection } from "../../../ui/table/selection.ts";
import { selectionOf, setSelection, type ListQuery } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { followJob } from "./job-store.ts";

export interface BulkEdits {
  setField: (path: string, value: FieldValue) => Promise<void>;
  addTag: (tag: string) => Promise<void>;
  remove: () => Promise<void>;
}

/** Edits of everything that is selected, as one thing that can be taken back. */
export function useBulkEdits(list: LeadListModel, count: number): BulkEdits {
  const client = useClient();
  const { report } = useEdits();
  const { directory, query, fitKey } = list;
  const many = countOf(count, directory.term("lead"), directory.term("leads"));
  const selected = () => selectionInput(selectionOf(fitKey), query);

  const change = async (what: Pick<Change, "set" | "addTag">, label: string) => {
    const started = await client.call(bulkEditLeads, { selection: selected(), ...what, label });
    if (started.ok) followJob(started.value.jobId);
    else report(started, label);
  };
  const setField = (path: string, value: FieldValue) => {
    const text = fieldText(directory, "leads", path, value, new Date());
    const label = `${many}: ${directory.fieldLabel("leads", path)} is ${text}`;
    return change({ set: { [path]: value } }, label);
  };
  const addTag = (tag: string) => change({ addTag: tag }, `${many}: tagged ${tag}`);
  const remove = async () => {
    const label = `Deleted ${many}`;
    const started = await client.call(bulkDeleteLeads, { selection: selected(), label });
    if (!started.ok) return void report(started, label);
    setSelection(fitKey, emptySelection);
    followJob(started.value.jobId);
  };
  return { setField, addTag, remove };
}

type Change = InputOf<typeof bulkEditLeads>;

export function selectionInput(selection: Selection, { filters, search }: ListQuery): Change["selection"] {
  const ids = [...selection.ids] as RecordId[];
  return selection.kind === "some" ? { ids } : { filters, search, except: ids };
}
