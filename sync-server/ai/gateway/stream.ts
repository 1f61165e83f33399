import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { AiFailure, AiTextRequest, Cut, Origin, StreamPart } from "../port.ts";
import type { Completed, ProviderFailure, Question } from "../provider-port.ts";
import type { Answered } from "./ask-once.ts";
import { attempt, shareOfTime } from "./attempt.ts";
import { chooseRoutes } from "./choose-routes.ts";
import { composeQuestion, type Composed } from "./compose-question.ts";
import { cutBack } from "./cut-back.ts";
import { keptAnswersTo } from "./kept-answers.ts";
import { fromCache, fromModel, fromRules, isFinal, tooLong, type Parts } from "./parts.ts";
import { isCut, moreToThink, thoughtAway, usualRoom, type NotHeld, type Room } from "./room.ts";
import { showWords } from "./show-words.ts";

/** Prose as it comes; where a model breaks off, the next begins anew, and the rules after the last. */
export async function* stream<Input>(
  parts: Parts,
  request: AiTextRequest<Input>,
): AsyncGenerator<StreamPart, void, undefined> {
  const { task, input, tenantId, userId, signal } = request;
  const routes = await chooseRoutes(parts, { tenantId, userId }, task);
  if (routes.length === 0) return yield* tellByRules(parts, request, null);
  const composed = await composeQuestion(task, input);
  if (composed === null) return yield* tellByRules(parts, request, tooLong);
  const answers = keptAnswersTo(parts, tenantId, task, composed);
  const kept = answers.find(routes);
  if (kept) return yield* tellWhole(kept.output as string, fromCache(parts, request, kept.route));
  const deadline = performance.now() + task.timeoutMs;
  const timeout = AbortSignal.timeout(task.timeoutMs);
  const until = signal ? AbortSignal.any([signal, timeout]) : timeout;
  let instead: AiFailure | null = null;
  for (const [index, route] of routes.entries()) {
    const withinMs = () => shareOfTime(deadline, index === routes.length - 1);
    const usual = usualRoom(route, task);
    let told = yield* tell(parts, request, route, composed, {
      until,
      firstWithinMs: withinMs(),
      room: usual,
    });
    const room = told.ok ? null : moreToThink(told.error, usual);
    if (room) told = yield* tell(parts, request, route, composed, { until, firstWithinMs: withinMs(), room });
    if (told.ok) {
      const { requestId, value: text, flagged, cut } = told.value;
      // Whoever asks again may be told better.
      if (!flagged && cut === null) answers.keep(route, text);
      return yield { kind: "end", ...fromModel(requestId, route.label), cut };
    }
    instead = told.error;
    if (isFinal(instead, until)) break;
  }
  yield* tellByRules(parts, request, instead);
}

/** One model's words. It may take its time once it has begun. @returns the whole text, or why it broke off */
async function* tell<Input>(
  parts: Parts,
  { task, input, tenantId, userId }: AiTextRequest<Input>,
  route: ModelRoute,
  composed: Composed,
  { until, firstWithinMs, room }: { until: AbortSignal; firstWithinMs: number; room: Room },
): AsyncGenerator<StreamPart, Result<Told, NotHeld>, undefined> {
  const leaving = new AbortController();
  const cancelShare = abortAfter(leaving, firstWithinMs);
  const { words, push, close } = createWords();
  const shown = showWords(composed);
  let whole = "";
  const running = attempt(
    parts,
    {
      ...{ asker: { tenantId, userId }, task, route, form: null, room },
      ...{ messages: composed.messages, hidden: composed.hidden },
      byRules: () => task.byRules(input),
      signal: AbortSignal.any([until, leaving.signal]),
    },
    (question) => listen(route, question, push),
    takeWords,
  ).finally(close);
  // A bug is thrown below; whoever listens may be slow to come there, and nobody's listening may end the process.
  running.catch(() => {});
  try {
    for await (const piece of words) {
      cancelShare();
      const text = shown.push(piece);
      if (text === "") continue;
      if (whole === "") yield { kind: "begin", by: "model" };
      whole += text;
      yield { kind: "text", text, flagged: shown.flagged() };
    }
    const answer = await running;
    if (!answer.ok) return answer;
    const { requestId, value: cut } = answer.value;
    const said = whole + shown.end();
    const value = cut === null ? said : cutBack(said);
    yield* tellRest(whole, value, shown.flagged());
    return ok({ requestId, value, flagged: shown.flagged(), cut });
  } finally {
    // Also when whoever listened has left.
    cancelShare();
    leaving.abort();
    await running;
  }
}

type Told = Answered<string> & { flagged: boolean; cut: Cut | null };

/** What is not shown yet of the answer; where more is shown than stays, it begins anew. */
function* tellRest(shown: string, value: string, flagged: boolean): Generator<StreamPart, void> {
  const goesOn = value.startsWith(shown.trimEnd());
  if (shown === "" || !goesOn) yield { kind: "begin", by: "model" };
  const text = goesOn ? value.slice(shown.length) : value;
  if (text !== "") yield { kind: "text", text, flagged };
}

const emptyAnswer: AiFailure = { code: "invalid", message: "The model gave no answer." };

/** @returns why it ends early; null = it does not */
function takeWords(given: Completed): Result<Cut | null, AiFailure> {
  if (given.text.trim() === "") return err(isCut(given) ? thoughtAway : emptyAnswer);
  return ok(isCut(given) ? "length" : null);
}

/** More than this many characters for each token that it may use: it does not keep to what was asked. */
const mostCharactersPerToken = 12;

/** Passes a provider's words on, and says what came of them as if they had come at once. */
async function listen(
  { provider }: ModelRoute,
  question: Question,
  push: (piece: string) => void,
): Promise<Result<Completed, ProviderFailure> & { firstMs?: number }> {
  const began = performance.now();
  let firstMs: number | undefined;
  let text = "";
  const timed = (result: Result<Completed, ProviderFailure>) =>
    firstMs === undefined ? result : { ...result, firstMs };
  for await (const piece of provider.stream(question)) {
    if (piece.kind === "end") return timed(withUsage(piece.result, provider, question, text));
    firstMs ??= performance.now() - began;
    text += piece.text;
    push(piece.text);
    if (text.length > question.maxOutputTokens * mostCharactersPerToken)
      return timed(ok({ text, usage: null, stoppedBy: "length" }));
  }
  throw new Error(`the provider ${provider.kind} ended a stream without an end`);
}

/** What was heard before it broke off was paid for. */
function withUsage(
  result: Result<Completed, ProviderFailure>,
  { countTokens }: ModelRoute["provider"],
  { messages }: Question,
  text: string,
): Result<Completed, ProviderFailure> {
  if (result.ok || result.error.usage !== null || text === "") return result;
  const outputTokens = countTokens([{ role: "assistant", text }]);
  return err({ ...result.error, usage: { inputTokens: countTokens(messages), outputTokens } });
}

function createWords() {
  let controller: ReadableStreamDefaultController<string> | null = null;
  const words = new ReadableStream<string>({
    start: (given) => void (controller = given),
    // Whoever listened has left.
    cancel: () => void (controller = null),
  });
  return {
    words,
    push: (piece: string) => controller?.enqueue(piece),
    close() {
      controller?.close();
      controller = null;
    },
  };
}

function abortAfter(controller: AbortController, afterMs: number): () => void {
  // As a time-out's own signal does: the guard tells a slow model from somebody who left.
  const tooSlow = new DOMException("There was no answer in time.", "TimeoutError");
  const timer = setTimeout(() => controller.abort(tooSlow), afterMs);
  return () => clearTimeout(timer);
}

function* tellByRules<Input>(
  parts: Parts,
  request: AiTextRequest<Input>,
  instead: AiFailure | null,
): Generator<StreamPart, void> {
  yield* tellWhole(request.task.byRules(request.input), fromRules(parts, request, instead));
}

function* tellWhole(text: string, origin: Origin): Generator<StreamPart, void> {
  yield { kind: "begin", by: origin.by };
  yield { kind: "text", text, flagged: false };
  yield { kind: "end", ...origin, cut: null };
}
