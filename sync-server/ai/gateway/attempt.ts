import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { ModelRoute, Settlement } from "../parts-port.ts";
import type { AiFailure, TaskTraits } from "../port.ts";
import type { AiMessage, Completed, ProviderFailure, Question, Usage } from "../provider-port.ts";
import { failureOf, noTime, tooLong, type Asker, type Parts } from "./parts.ts";

export type Attempt = {
  asker: Asker;
  task: TaskTraits;
  route: ModelRoute;
  messages: readonly AiMessage[];
  form: Question["form"];
  byRules: () => string;
  signal: AbortSignal;
};

/** What came of it, and the line of the audit that says so. */
export type Answered<T> = { requestId: string; value: T };

/**
 * Asks one model once: holds back what it may cost, waits for its turn, asks, and settles. `take` decides whether the
 * answer holds; one that does not is paid for all the same.
 *
 * @param ask how the provider is asked: at once, or piece by piece; `firstMs` is set by the latter
 */
export async function attempt<T>(
  { ledger, guard, later }: Parts,
  { asker, task, route, messages, form, byRules, signal }: Attempt,
  ask: (question: Question) => Promise<Result<Completed, ProviderFailure> & { firstMs?: number }>,
  take: (text: string) => Result<T, AiFailure>,
): Promise<Result<Answered<T>, AiFailure & { text?: string }>> {
  if (signal.aborted) return err(noTime);
  const full = withSystemMessage(messages, route.systemMessage);
  const estimate: Usage = {
    inputTokens: route.provider.countTokens(full),
    outputTokens: Math.min(task.maxOutputTokens, route.maxOutputTokens),
  };
  if (estimate.inputTokens + estimate.outputTokens > route.contextTokens) return err(tooLong);
  const { feature, name, promptVersion, priority } = task;
  const reserved = await ledger.reserve({ ...asker, feature, task: name, promptVersion, route, estimate });
  if (!reserved.ok) return reserved;
  const { requestId } = reserved.value;
  const question: Question = {
    ...{ model: route.wireName, messages: full, form, signal, byRules },
    maxOutputTokens: estimate.outputTokens,
  };
  const began = performance.now();
  const settle = (settlement: Omit<Settlement, "latencyMs">) =>
    later(ledger.settle(reserved.value, { ...settlement, latencyMs: performance.now() - began }));
  let firstMs: number | null = null;
  let given: Result<Completed, ProviderFailure>;
  try {
    given = await guard.run({ route, tenantId: asker.tenantId, priority, signal }, async () => {
      const answer = await ask(question);
      firstMs = answer.firstMs ?? null;
      return answer;
    });
  } catch (error) {
    // A bug, and no failure of the provider: what was held back must not stay so.
    settle({ usage: null, outcome: "failed", firstMs });
    throw error;
  }
  if (!given.ok) {
    settle({ usage: given.error.usage ?? nothing, outcome: given.error.code, firstMs });
    return err(failureOf(given.error));
  }
  const taken = take(given.value.text);
  settle({ usage: given.value.usage, outcome: taken.ok ? "answered" : "invalid", firstMs });
  return taken.ok ? ok({ requestId, value: taken.value }) : err({ ...taken.error, text: given.value.text });
}

const nothing: Usage = { inputTokens: 0, outputTokens: 0 };

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
