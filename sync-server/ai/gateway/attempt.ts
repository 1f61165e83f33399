import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { AiFailure, TaskTraits } from "../port.ts";
import type { AiMessage, ProviderFailure, Question, Usage } from "../provider-port.ts";
import { askOnce, type Answered } from "./ask-once.ts";
import type { Heard } from "./listen.ts";
import { tooLong, type Asker, type Parts } from "./parts.ts";
import { usualRoom, type NotHeld, type Room } from "./room.ts";

export type Attempt = {
  asker: Asker;
  task: TaskTraits;
  route: ModelRoute;
  messages: readonly AiMessage[];
  hidden: number | null;
  form: Question["form"];
  byRules: () => string;
  signal: AbortSignal;
  room?: Room;
};

/**
 * Asks one model once for words. `take` decides whether the answer holds.
 *
 * @param ask how the provider is asked: at once, or piece by piece
 */
export async function attempt<T>(
  parts: Parts,
  { asker, task, route, messages, hidden, form, byRules, signal, room = usualRoom(route, task) }: Attempt,
  ask: (question: Question) => Promise<Result<Heard, ProviderFailure> & { firstMs?: number }>,
  take: (given: Heard) => Result<T, AiFailure>,
): Promise<Result<Answered<T>, NotHeld>> {
  const written = questionTo(route, { messages, form, byRules, signal, room });
  if (!written.ok) return written;
  const { question, estimate } = written.value;
  const isFull = estimate.inputTokens + estimate.outputTokens >= route.contextTokens;
  const { feature, name, promptVersion, priority } = task;
  return askOnce(
    parts,
    { attempt: { ...asker, feature, task: name, promptVersion, route, estimate, hidden }, priority, signal },
    () => ask(question),
    (given) => {
      const taken = take(given);
      return taken.ok ? taken : err({ ...taken.error, given, isFull });
    },
  );
}

type Written = Pick<Attempt, "messages" | "form" | "byRules" | "signal"> & { room: Room };

/** A question as one model is asked it, and what that may take at most. */
export function questionTo(
  route: ModelRoute,
  { messages, form, byRules, signal, room }: Written,
): Result<{ question: Question; estimate: Usage }, AiFailure> {
  const full = withSystemMessage(messages, route.systemMessage);
  const inputTokens = route.provider.countTokens(full);
  const leftTokens = route.contextTokens - inputTokens - room.answerTokens;
  if (leftTokens < 0) return err(tooLong);
  const reasoning = { ...route.reasoning, tokens: Math.min(room.reasoningTokens, leftTokens) };
  const question = { model: route.wireName, messages: full, form, signal, byRules };
  return ok({
    question: { ...question, maxOutputTokens: room.answerTokens, reasoning },
    estimate: { inputTokens, outputTokens: room.answerTokens + reasoning.tokens },
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
