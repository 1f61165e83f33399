import { createContext, useCallback, useContext, useMemo, useState, useSyncExternalStore } from "react";
import type { z } from "zod";
import { sessionPath } from "../../../shared/sync/session-wire.ts";
import { createAnswers, type Answer } from "./answers.ts";
import { ask } from "./ask.ts";

/** As everything here asks for it: below /api/v1. @param path of a shared contract, in full */
export function belowApi(path: string): string {
  return path.replace("/api/v1", "");
}

export const whoAmI = belowApi(sessionPath);

const AnswersContext = createContext(createAnswers(ask, whoAmI));

export function useAnswers() {
  return useContext(AnswersContext);
}

/** What the server says at this address, now and whenever it is asked again. */
export function useAnswer<S extends z.ZodType>(
  path: string,
  schema: S,
): Answer<z.output<S>> & { reload: () => Promise<void> } {
  const answers = useAnswers();
  const watch = useCallback(
    (onAnswer: () => void) => answers.watch(path, schema, onAnswer),
    [answers, path, schema],
  );
  const answer = useSyncExternalStore(watch, () => answers.read(path)) as Answer<z.output<S>>;
  return useMemo(() => ({ ...answer, reload: () => answers.refresh(path) }), [answer, answers, path]);
}

/** What was answered last, while another question of the same list is on its way: rows stay until others are here. */
export function useKept<T>(value: T | undefined): T | undefined {
  const [kept, setKept] = useState(value);
  if (value !== undefined && value !== kept) setKept(value);
  return value ?? kept;
}
