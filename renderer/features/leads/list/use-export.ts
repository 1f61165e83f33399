import { useCallback } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { exportLeads } from "../../../../shared/rpc/contract/files.ts";
import { useClient, useEdits } from "../../../client/index.ts";
import { saveFile } from "../../../client/save-file.ts";
import { countOf, formatCount } from "../../../ui/format/numbers.ts";
import { everything } from "../../../ui/table/selection.ts";
import { useListState } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";

/** Writes the rows that are ticked to a CSV file, in the order of the list; the whole list where none is. */
export function useExport({ query, columns, directory, view }: LeadListModel): () => Promise<void> {
  const client = useClient();
  const { report } = useEdits();
  return useCallback(async () => {
    const { term } = directory;
    const { kind, ids } = tickedIn(view.layout);
    const chosen = [...ids] as RecordId[];
    const some = kind === "some" ? { only: chosen } : { except: chosen };
    const made = await client.call(exportLeads, { ...query, ...some, columns: [...columns] });
    const whole = `the list of ${term("leads")}${ids.size > 0 ? ` but ${formatCount(ids.size)}` : ""}`;
    const what = kind === "some" ? countOf(ids.size, term("lead"), term("leads")) : whole;
    if (made.ok) await saveFile(client, made.value);
    report(made, `Exported ${what}`);
  }, [client, report, query, columns, directory, view.layout]);
}

/** A board shows no ticks: what was ticked in the list behind it is not what somebody means there. */
function tickedIn(layout: LeadListModel["view"]["layout"]) {
  const { selection } = useListState.getState();
  const isNone = selection.kind === "some" && selection.ids.size === 0;
  return isNone || layout === "board" ? everything : selection;
}
