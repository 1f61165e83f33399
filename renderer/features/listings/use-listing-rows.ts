import { useCallback, useState } from "react";
import type { Listing } from "../../../shared/entities/listing.ts";
import type { InputOf } from "../../../shared/rpc/define.ts";
import { listListings } from "../../../shared/rpc/contract/work.ts";
import { useLive, type Live } from "../../client/index.ts";
import { coversRows, windowAround } from "../../ui/table/row-window.ts";

export type ListingsQuery = Omit<InputOf<typeof listListings>, "offset" | "limit">;

/** The rows of a list of any length, asked for page by page as they are looked at. */
export function useListingRows(query: ListingsQuery): {
  total: number | undefined;
  rowAt: (index: number) => Listing | undefined;
  onVisible: (first: number, last: number) => void;
} {
  const [window, setWindow] = useState(() => windowAround(0, 0));
  const live = useLive(listListings, { ...query, ...window });
  const rows = useRowsByIndex(window.offset, live);
  const onVisible = useCallback((first: number, last: number) => {
    setWindow((current) => (coversRows(current, first, last) ? current : windowAround(first, last)));
  }, []);
  return { total: live.value?.total, rowAt: (index) => rows.get(index), onVisible };
}

/** While another page is on its way the last answer stays, at the place that it was asked for. */
function useRowsByIndex(offset: number, live: Live<{ rows: Listing[] }>): ReadonlyMap<number, Listing> {
  const [kept, keep] = useState<{ rows: Listing[]; byIndex: Map<number, Listing> } | null>(null);
  const rows = live.value?.rows;
  if (rows && !live.pending && kept?.rows !== rows) {
    keep({ rows, byIndex: new Map(rows.map((row, step) => [offset + step, row])) });
  }
  return kept?.byIndex ?? none;
}

const none: ReadonlyMap<number, Listing> = new Map();
