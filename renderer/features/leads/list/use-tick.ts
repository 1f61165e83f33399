import { useCallback } from "react";
import { leadRange, maxTicked } from "../../../../shared/rpc/contract/leads.ts";
import { useClient } from "../../../client/index.ts";
import { useToast } from "../../../ui/floating/toast.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import { rangeBetween, setRows, toggleRow, type Selection } from "../../../ui/table/selection.ts";
import { selectionOf, setSelection } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import type { LeadRows } from "./use-lead-rows.ts";

/**
 * Ticks one row, or with shift all from the cursor to it, also those that were never on screen. Nothing while the rows on
 * screen are those of the list before: they would be ticked in one that may not have them.
 */
export function useTick(
  rows: LeadRows,
  { query, fitKey }: Pick<LeadListModel, "query" | "fitKey">,
  cursor: number,
): (index: number, range: boolean) => void {
  const client = useClient();
  const toast = useToast();
  return useCallback(
    (index, range) => {
      if (!rows.settled) return;
      const select = (selection: Selection) => {
        if (selection.ids.size > maxTicked) toast({ text: tooMany, trouble: true });
        else setSelection(fitKey, selection);
      };
      const add = (ids: readonly string[]) => select(setRows(selectionOf(fitKey), ids, true));
      const indexes = range && cursor >= 0 ? rangeBetween(cursor, index) : [index];
      const known = indexes.flatMap((at) => rows.rowAt(at)?.id ?? []);
      const [only] = known;
      const [from = 0, to = 0] = [indexes[0], indexes.at(-1)];
      if (indexes.length === 1 && only) select(toggleRow(selectionOf(fitKey), only));
      else if (known.length === indexes.length) add(known);
      else if (indexes.length > maxTicked) toast({ text: tooMany, trouble: true });
      else {
        void client.call(leadRange, { ...query, from, to }).then((found) => {
          if (found.ok) add(found.value.ids);
          else toast({ text: found.error.message, trouble: true });
        });
      }
    },
    [client, toast, rows, query, fitKey, cursor],
  );
}

const tooMany = `At most ${formatCount(maxTicked)} rows can be ticked. Select all, and untick what stays out.`;
