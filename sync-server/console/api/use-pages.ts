import { useCallback, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import type { ApiError } from "./ask.ts";
import { layNewest, type Read } from "./newest-page.ts";
import { useSend } from "./use-change.ts";

/** How a list that is read page by page is asked for: constant, as far as React is concerned. */
export type Paged<S extends z.ZodType, Row> = {
  /** Below /api/v1. */
  path: string;
  answer: S;
  keyOf: (row: Row) => string;
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

/**
 * A list page by page, newest first. Another query begins anew; what stands stays until its answer is here.
 * @returns with `renew`, which reads the newest page again and leaves older ones below it
 */
export function usePages<S extends z.ZodType, Row>(of: Paged<S, Row>, query: string) {
  const [state, setState] = useState<State<Row>>({
    rows: undefined,
    next: null,
    searchedSince: null,
    error: null,
  });
  const asked = useRef(0);
  const underWay = useRef(0);
  const send = useSend();
  const load = useCallback(
    async (before: string | number | null, add: Add<Row>) => {
      const mine = (asked.current += 1);
      const cursor = before === null ? "" : `&before=${encodeURIComponent(before)}`;
      const path = `${of.path}?limit=${pageSize}${cursor}${query && `&${query}`}`;
      underWay.current += 1;
      const answer = await send({ method: "GET", path }, of.answer, []);
      underWay.current -= 1;
      // Overtaken by a later question.
      if (mine !== asked.current) return;
      setState((was) => {
        if (!answer.ok) return { ...was, error: answer.error };
        const { rows, next, searchedSince = null } = of.read(answer.value);
        return {
          ...add({ rows, next }, { rows: was.rows ?? [], next: was.next }),
          searchedSince,
          error: null,
        };
      });
    },
    [of, query, send],
  );
  const reload = useCallback(() => load(null, (page) => page), [load]);
  useEffect(() => void reload(), [reload]);
  const renew = useCallback(async () => {
    // Whatever a person has asked for brings newer rows, or must not be overtaken.
    if (underWay.current === 0) await load(null, (page, was) => layNewest(page, was, of.keyOf));
  }, [load, of]);
  const loadOlder = () => load(state.next, ({ rows, next }, was) => ({ rows: [...was.rows, ...rows], next }));
  return { ...state, reload, renew, loadOlder };
}

/** What becomes of a page that has come, and of those that were read before. */
type Add<Row> = (page: Read<Row>, was: Read<Row>) => Read<Row>;
