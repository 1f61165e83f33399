import { err, type Result } from "../../../shared/result/result.ts";
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
  { asker, task, route, messages, form, byRules, signal }: Attempt,
  ask: (question: Question) => Promise<Result<Completed, ProviderFailure> & { firstMs?: number }>,
  take: (text: string) => Result<T, AiFailure>,
): Promise<Result<Answered<T>, AiFailure & { text?: string }>> {
  const full = withSystemMessage(messages, route.systemMessage);
  const estimate: Usage = {
    inputTokens: route.provider.countTokens(full),
    outputTokens: Math.min(task.maxOutputTokens, route.maxOutputTokens),
  };
  if (estimate.inputTokens + estimate.outputTokens > route.contextTokens) return err(tooLong);
  const { feature, name, promptVersion, priority } = task;
  const question: Question = {
    ...{ model: route.wireName, messages: full, form, signal, byRules },
    maxOutputTokens: estimate.outputTokens,
  };
  return askOnce(
    parts,
    { attempt: { ...asker, feature, task: name, promptVersion, route, estimate }, priority, signal },
    () => ask(question),
    ({ text }) => {
      const taken = take(text);
      return taken.ok ? taken : err({ ...taken.error, text });
    },
  );
}

function withSystemMessage(messages: readonly AiMessage[], text: string): readonly AiMessage[] {
  const [first, ...rest] = messages;
  if (text === "" || first?.role !== "system") return messages;
  return [{ role: "system", text: `${text}\n\n${first.text}` }, ...rest];
}

/** How long one of several models may take: most of what is left, so that another can still answer. */
export function shareOfTime(deadline: number, isLast: boolean): number {
  const leftMs = Math.max(0, deadline - performance.now());
  return Math.floor(isLast ? leftMs : leftMs * 0.6);
}
