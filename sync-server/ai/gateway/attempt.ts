import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { AiFailure, TaskTraits } from "../port.ts";
import type { AiMessage, Completed, ProviderFailure, Question, Usage } from "../provider-port.ts";
import { askOnce, type Answered } from "./ask-once.ts";
import { tooLong, type Asker, type Parts } from "./parts.ts";

export type Attempt = {
  asker: Asker;
  task: TaskTraits;
  route: ModelRoute;
  messages: readonly AiMessage[];
  hidden: number | null;
  form: Question["form"];
  byRules: () => string;
  signal: AbortSignal;
};

/**
 * Asks one model once for words. `take` decides whether the answer holds.
 *
 * @param ask how the provider is asked: at once, or piece by piece
 */
export async function attempt<T>(
  parts: Parts,
  { asker, task, route, messages, hidden, form, byRules, signal }: Attempt,
  ask: (question: Question) => Promise<Result<Completed, ProviderFailure> & { firstMs?: number }>,
  take: (text: string) => Result<T, AiFailure>,
): Promise<Result<Answered<T>, AiFailure & { text?: string }>> {
  const written = questionTo(route, { task, messages, form, byRules, signal });
  if (!written.ok) return written;
  const { question, estimate } = written.value;
  const { feature, name, promptVersion, priority } = task;
  return askOnce(
    parts,
    { attempt: { ...asker, feature, task: name, promptVersion, route, estimate, hidden }, priority, signal },
    () => ask(question),
    ({ text }) => {
      const taken = take(text);
      return taken.ok ? taken : err({ ...taken.error, text });
    },
  );
}

type Written = Pick<Attempt, "task" | "messages" | "form" | "byRules" | "signal">;

/** A question as one model is asked it, and what that may take at most. */
export function questionTo(
  route: ModelRoute,
  { task, messages, form, byRules, signal }: Written,
): Result<{ question: Question; estimate: Usage }, AiFailure> {
  const full = withSystemMessage(messages, route.systemMessage);
  const inputTokens = route.provider.countTokens(full);
  const outputTokens = Math.min(task.maxOutputTokens, route.maxOutputTokens);
  if (inputTokens + outputTokens > route.contextTokens) return err(tooLong);
  const question = { model: route.wireName, messages: full, form, signal, byRules };
  return ok({
    question: { ...question, maxOutputTokens: outputTokens },
    estimate: { inputTokens, outputTokens },
  });
}

/** What an admin has a model told before every task. */
export function withSystemMessage(messages: readonly AiMessage[], text: string): readonly AiMessage[] {
  const [first, ...rest] = messages;
  if (text === "" || first?.role !== "system") return messages;
  return [{ role: "system", text: `${text}\n\n${first.text}` }, ...rest];
}

/** How long one of several models may take: most of what is left, so that another can still answer. */
export function shareOfTime(deadline: number, isLast: boolean): number {
  const leftMs = Math.max(0, deadline - performance.now());
  return Math.floor(isLast ? leftMs : leftMs * 0.6);
}
