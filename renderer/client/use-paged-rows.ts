import { useCallback, useState } from "react";
import type { z } from "zod";
import type { InputOf, OutputOf, Query } from "../../shared/rpc/define.ts";
import { coversRows, windowAround } from "../ui/table/row-window.ts";
import { useLive } from "./hooks.tsx";

type Page = { total: number; rows: readonly unknown[] };
type PagedQuery = Query<string, z.ZodType<unknown, { offset: number; limit: number }>, z.ZodType<Page>>;
type RowOf<D extends PagedQuery> = OutputOf<D>["rows"][number];

export type PagedRows<D extends PagedQuery> = {
  /** The whole last answer; its `rows` are those of one page. */
  answer: OutputOf<D> | undefined;
  total: number | undefined;
  rowAt: (index: number) => RowOf<D> | undefined;
  onVisible: (first: number, last: number) => void;
};

/** The rows of a list of any length, asked for page by page as they are looked at. */
export function usePagedRows<D extends PagedQuery>(
  def: D,
  query: Omit<InputOf<D>, "offset" | "limit">,
): PagedRows<D> {
  const [window, setWindow] = useState(() => windowAround(0, 0));
  const live = useLive(def, { ...query, ...window } as InputOf<D>);
  const rows = useRowsByIndex(window.offset, live.value?.rows, live.pending);
  const onVisible = useCallback((first: number, last: number) => {
    setWindow((current) => (coversRows(current, first, last) ? current : windowAround(first, last)));
  }, []);
  return {
    answer: live.value,
    total: live.value?.total,
    rowAt: (index) => rows.get(index) as RowOf<D> | undefined,
    onVisible,
  };
}

/** While another page is on its way the last answer stays, at the place that it was asked for. */
function useRowsByIndex<Row>(
  offset: number,
  rows: readonly Row[] | undefined,
  pending: boolean,
): ReadonlyMap<number, Row> {
  const [kept, keep] = useState<{ rows: readonly Row[]; byIndex: Map<number, Row> } | null>(null);
  if (rows && !pending && kept?.rows !== rows) {
    keep({ rows, byIndex: new Map(rows.map((row, step) => [offset + step, row])) });
  }
  return kept?.byIndex ?? none;
}

const none = new Map<number, never>();
