import { useCallback } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { exportLeads } from "../../../../shared/rpc/contract/files.ts";
import { useClient, useEdits } from "../../../client/index.ts";
import { saveFile } from "../../../client/save-file.ts";
import { countOf, formatCount } from "../../../ui/format/numbers.ts";
import { everything, type Selection } from "../../../ui/table/selection.ts";
import { selectionOf } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";

/** Writes the rows that are ticked to a CSV file, in the order of the list; the whole list where none is. */
export function useExport({ query, fitKey, columns, directory, view }: LeadListModel): () => Promise<void> {
  const client = useClient();
  const { report } = useEdits();
  return useCallback(async () => {
    const { term } = directory;
    // A board shows no ticks: what was ticked in the list behind it is not what somebody means there.
    const { kind, ids } = view.layout === "board" ? everything : tickedOrAll(fitKey);
    const chosen = [...ids] as RecordId[];
    const some = kind === "some" ? { only: chosen } : { except: chosen };
    const made = await client.call(exportLeads, { ...query, ...some, columns: [...columns] });
    const whole = `the list of ${term("leads")}${ids.size > 0 ? ` but ${formatCount(ids.size)}` : ""}`;
    const what = kind === "some" ? countOf(ids.size, term("lead"), term("leads")) : whole;
    if (made.ok) await saveFile(client, made.value);
    report(made, `Exported ${what}`);
  }, [client, report, query, columns, directory, view.layout, fitKey]);
}

function tickedOrAll(fitKey: string): Selection {
  const selection = selectionOf(fitKey);
  return selection.kind === "some" && selection.ids.size === 0 ? everything : selection;
}
