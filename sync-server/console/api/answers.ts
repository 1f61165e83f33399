import type { z } from "zod";
import type { ApiError, ask as askServer } from "./ask.ts";

export type Answer<T> = {
  /** Undefined until the first answer; kept while asking again, so that nothing jumps. */
  value: T | undefined;
  error: ApiError | null;
};

/** What the server said, by address: pages and counts that show the same thing ask once and change together. */
export type Answers = {
  read(path: string): Answer<unknown>;
  /** Asks, and tells of every new answer until the returned function is called. */
  watch(path: string, schema: z.ZodType, onAnswer: () => void): () => void;
  /** Asks again whatever is watched below these addresses, and forgets the rest of them. */
  refresh(...prefixes: string[]): Promise<void>;
};

type Question = {
  schema: z.ZodType;
  answer: Answer<unknown>;
  /** Counts questions: an answer that was overtaken by a later one is dropped. */
  asked: number;
  watchers: Set<() => void>;
};

const unasked: Answer<unknown> = { value: undefined, error: null };

/** @param whoAmI asked again when any answer says that the session has ended */
export function createAnswers(ask: typeof askServer, whoAmI: string): Answers {
  const questions = new Map<string, Question>();

  const reload = async (path: string, question: Question) => {
    const mine = (question.asked += 1);
    const answer = await ask("GET", path, question.schema);
    if (mine !== question.asked) return;
    question.answer = answer.ok
      ? { value: answer.value, error: null }
      : { value: question.answer.value, error: answer.error };
    for (const tell of question.watchers) tell();
    if (!answer.ok && isSignedOut(answer.error) && path !== whoAmI) await refresh(whoAmI);
  };

  const refresh = async (...prefixes: string[]) => {
    const touched = [...questions].filter(([path]) => prefixes.some((prefix) => path.startsWith(prefix)));
    for (const [path, { watchers }] of touched) if (watchers.size === 0) questions.delete(path);
    await Promise.all(
      touched
        .filter(([, { watchers }]) => watchers.size > 0)
        .map(([path, question]) => reload(path, question)),
    );
  };

  return {
    read: (path) => questions.get(path)?.answer ?? unasked,
    refresh,
    watch(path, schema, onAnswer) {
      const question = questions.get(path) ?? { schema, answer: unasked, asked: 0, watchers: new Set() };
      questions.set(path, question);
      const isFirst = question.watchers.size === 0;
      question.watchers.add(onAnswer);
      if (isFirst) void reload(path, question);
      return () => question.watchers.delete(onAnswer);
    },
  };
}

export function isSignedOut({ code }: ApiError): boolean {
  return code === "unauthorised" || code === "revoked" || code === "wiped";
}
