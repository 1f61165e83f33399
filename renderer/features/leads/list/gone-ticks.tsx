import { memo, useEffect } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { leadsGone } from "../../../../shared/rpc/contract/leads.ts";
import { skip, useLive } from "../../../client/index.ts";
import { setRows } from "../../../ui/table/selection.ts";
import { selectionOf, setSelection, useSelection, type ListQuery } from "../model/list-state.ts";

/**
 * What was ticked and has left the list, by what was done to it here or by somebody else, is ticked no longer: nobody
 * would see what else is done to it. Draws nothing; a component, so that the list is not drawn again with its answers.
 */
export const GoneTicks = memo(function GoneTicks({ query, fitKey }: { query: ListQuery; fitKey: string }) {
  const { kind, ids } = useSelection(fitKey);
  const { filters, search } = query;
  const asked = kind === "some" && ids.size > 0 ? { filters, search, ids: [...ids] as RecordId[] } : skip;
  const { value, pending } = useLive(leadsGone, asked);
  const gone = pending || asked === skip ? undefined : value?.ids;
  useEffect(() => {
    const ticked = selectionOf(fitKey);
    if (gone?.some((id) => ticked.ids.has(id))) setSelection(fitKey, setRows(ticked, gone, false));
  }, [gone, fitKey]);
  return null;
});
