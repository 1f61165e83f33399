import { useCallback, useRef, useState } from "react";
import { listLeads, type LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import type { RpcError } from "../../../../shared/rpc/frames.ts";
import { sameValue } from "../../../../shared/sync/fields.ts";
import { useLive } from "../../../client/index.ts";
import { coversRows, createRowCache, windowAround, type RowWindow } from "../../../ui/table/row-window.ts";
import type { ListQuery } from "../model/list-state.ts";

export interface LeadRows {
  /** Null until the first answer. */
  total: number | null;
  rowAt: (index: number) => LeadRow | undefined;
  /** False while the rows are still those of the list before. */
  settled: boolean;
  onVisible: (first: number, last: number) => void;
  error: RpcError | undefined;
}

/** While somebody drags the scroll bar, new rows are asked for this often at most. */
const settleMs = 40;

/** Rows of a list of any length: what is visible is asked for, what was seen stays until it is newer. */
export function useLeadRows(query: ListQuery, listKey: string): LeadRows {
  const [window, onVisible] = useRowWindow(listKey);
  const { value, error, pending } = useLive(listLeads, { ...query, ...window });
  const [rows] = useState(() => createRowCache<LeadRow>(sameValue));
  // Filled while rendering, so that rows are drawn with their answer and not a frame later. Until another list has
  // answered, the rows of the last one stay: nothing flickers while somebody types.
  if (value && !pending) rows.put(listKey, value);
  const rowAt = useCallback((index: number) => rows.get(index), [rows]);
  return { total: value?.total ?? null, rowAt, settled: rows.holds(listKey), onVisible, error };
}

function useRowWindow(listKey: string): [RowWindow, (first: number, last: number) => void] {
  const [asked, ask] = useState({ listKey, window: windowAround(0, 0) });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onVisible = useCallback(
    (first: number, last: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        ask((before) => {
          const stays = before.listKey === listKey && coversRows(before.window, first, last);
          return stays ? before : { listKey, window: windowAround(first, last) };
        });
      }, settleMs);
    },
    [listKey],
  );
  return [asked.listKey === listKey ? asked.window : windowAround(0, 0), onVisible];
}
