import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { Completed, ProviderFailure, Question } from "../provider-port.ts";
import { wholeSentences } from "./cut-back.ts";
import type { Patience } from "./patience.ts";

/** What came of a question, also where it was not waited for to its end. */
export type Heard = Omit<Completed, "stoppedBy"> & { stoppedBy: Completed["stoppedBy"] | "time" };

type Listened = Result<Heard, ProviderFailure>;

/** More than this many characters for each token that it may use: it does not keep to what was asked. */
const mostCharactersPerToken = 12;

/** Passes a provider's words on, and says what came of them as if they had come at once. */
export async function listen(
  { provider }: ModelRoute,
  question: Question,
  patience: Patience,
  push: (piece: string) => void,
): Promise<Listened & { firstMs?: number }> {
  const began = performance.now();
  let firstMs: number | undefined;
  let text = "";
  const timed = (result: Listened) => (firstMs === undefined ? result : { ...result, firstMs });
  for await (const piece of provider.stream(question)) {
    if (piece.kind === "end") return timed(withWords(withUsage(piece.result, provider, question, text), patience, text)); // prettier-ignore
    patience.heard();
    firstMs ??= performance.now() - began;
    text += piece.text;
    push(piece.text);
    if (text.length > question.maxOutputTokens * mostCharactersPerToken)
      return timed(ok({ text, usage: null, stoppedBy: "length" }));
  }
  throw new Error(`the provider ${provider.kind} ended a stream without an end`);
}

/**
 * What was heard before it broke off was paid for, and so was what may have been thought before it, which nobody hears.
 * A provider tells of both at its end: before that OpenAI's form says nothing, and Anthropic's one token.
 */
function withUsage(
  result: Result<Completed, ProviderFailure>,
  { countTokens }: ModelRoute["provider"],
  { messages, reasoning }: Question,
  text: string,
): Result<Completed, ProviderFailure> {
  if (result.ok || isBillKnown(result.error, text)) return result;
  const { usage } = result.error;
  const heardTokens = countTokens([{ role: "assistant", text }]);
  const saidTokens = usage?.outputTokens ?? 0;
  // Some servers of OpenAI's form count as they go on: what holds the words holds what was thought, too.
  const isCounted = usage !== null && saidTokens >= heardTokens;
  const outputTokens = isCounted ? saidTokens : heardTokens + reasoning.tokens;
  return err({
    ...result.error,
    usage: { inputTokens: usage?.inputTokens ?? countTokens(messages), outputTokens },
  });
}

/** A refusal is an end. Of what broke off before its first word the ledger knows more, unless it was said to have begun. */
function isBillKnown({ code, usage }: ProviderFailure, text: string): boolean {
  if (text !== "") return code === "refused" && usage !== null;
  return usage === null || (code !== "timed-out" && code !== "cut-off");
}

/** Of a model that became too slow what it has said is kept, unless that is no more than a beginning. */
function withWords(result: Result<Completed, ProviderFailure>, patience: Patience, text: string): Listened {
  if (result.ok || result.error.code !== "timed-out") return result;
  if (!patience.wasLost() || wholeSentences(text) === "") return result;
  return ok({ text, usage: result.error.usage, stoppedBy: "time" });
}
