import { useCallback, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { ask, type ApiError } from "./ask.ts";

export type Answer<T> = {
  /** Undefined until the first answer; kept while asking again, so that nothing jumps. */
  value: T | undefined;
  error: ApiError | null;
  reload: () => Promise<void>;
};

/** Asks when the path changes and on `reload`. An answer that was overtaken by a later question is dropped. */
export function useAnswer<S extends z.ZodType>(path: string, schema: S): Answer<z.output<S>> {
  const [state, setState] = useState<{ value: z.output<S> | undefined; error: ApiError | null }>({
    value: undefined,
    error: null,
  });
  const asked = useRef(0);
  const reload = useCallback(async () => {
    const mine = (asked.current += 1);
    const answer = await ask("GET", path, schema);
    if (mine !== asked.current) return;
    setState((before) =>
      answer.ok ? { value: answer.value, error: null } : { ...before, error: answer.error },
    );
  }, [path, schema]);
  useEffect(() => void reload(), [reload]);
  return { ...state, reload };
}
