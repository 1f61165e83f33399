import { useCallback, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import type { ApiError } from "./ask.ts";
import { useSend } from "./use-change.ts";

/** How a list that is read page by page is asked for: constant, as far as React is concerned. */
export type Paged<S extends z.ZodType, Row> = {
  /** Below /api/v1. */
  path: string;
  answer: S;
  read: (answer: z.output<S>) => {
    rows: readonly Row[];
    next: string | number | null;
    searchedSince?: string | null;
  };
};

type State<Row> = {
  /** Undefined until the first page is here. */
  rows: readonly Row[] | undefined;
  next: string | number | null;
  /** Before this nothing was looked at. */
  searchedSince: string | null;
  error: ApiError | null;
};

const pageSize = 100;

/** A list page by page, newest first. Another query begins anew; what stands stays until its answer is here. */
export function usePages<S extends z.ZodType, Row>(of: Paged<S, Row>, query: string) {
  const [state, setState] = useState<State<Row>>({
    rows: undefined,
    next: null,
    searchedSince: null,
    error: null,
  });
  const asked = useRef(0);
  const send = useSend();
  const load = useCallback(
    async (before: string | number | null) => {
      const mine = (asked.current += 1);
      const cursor = before === null ? "" : `&before=${encodeURIComponent(before)}`;
      const path = `${of.path}?limit=${pageSize}${cursor}${query && `&${query}`}`;
      const answer = await send({ method: "GET", path }, of.answer, []);
      // Overtaken by a later question.
      if (mine !== asked.current) return;
      setState((was) => {
        if (!answer.ok) return { ...was, error: answer.error };
        const { rows, next, searchedSince = null } = of.read(answer.value);
        const all = before === null ? rows : [...(was.rows ?? []), ...rows];
        return { rows: all, next, searchedSince, error: null };
      });
    },
    [of, query, send],
  );
  useEffect(() => void load(null), [load]);
  return { ...state, reload: () => load(null), loadOlder: () => load(state.next) };
}
