import { useCallback, useEffect, useRef, useState } from "react";
import { AuditEntries } from "../../admin/wire.ts";
import { ask, type ApiError } from "../api/ask.ts";
import type { Entry } from "./audit-words.ts";

type State = {
  /** Undefined until the first page is here. */
  entries: readonly Entry[] | undefined;
  next: number | null;
  error: ApiError | null;
};

const pageSize = 100;
const nothing: State = { entries: undefined, next: null, error: null };

/** The log page by page, newest first. Another filter begins anew; what stands stays until its answer is here. */
export function useAudit(query: string) {
  const [state, setState] = useState(nothing);
  const asked = useRef(0);
  const load = useCallback(
    async (before: number | null) => {
      const mine = (asked.current += 1);
      const cursor = before === null ? "" : `&before=${before}`;
      const answer = await ask(
        "GET",
        `/audit?limit=${pageSize}${cursor}${query && `&${query}`}`,
        AuditEntries,
      );
      if (mine !== asked.current) return;
      setState((was) => {
        if (!answer.ok) return { ...was, error: answer.error };
        const { entries, next } = answer.value;
        return {
          entries: before === null ? entries : [...(was.entries ?? []), ...entries],
          next,
          error: null,
        };
      });
    },
    [query],
  );
  useEffect(() => void load(null), [load]);
  return { ...state, reload: () => load(null), loadOlder: () => load(state.next) };
}
