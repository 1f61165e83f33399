import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { AiFailure, AiTextRequest, Cut, Origin, StreamPart } from "../port.ts";
import type { Answered } from "./ask-once.ts";
import { attempt, shareOfTime } from "./attempt.ts";
import { chooseRoutes } from "./choose-routes.ts";
import { composedFor, composeQuestion, type Composed } from "./compose-question.ts";
import { cutBack } from "./cut-back.ts";
import { keptAnswersTo } from "./kept-answers.ts";
import { listen, type Heard } from "./listen.ts";
import { fromCache, fromModel, fromRules, isFinal, tooLong, type Parts } from "./parts.ts";
import { createPatience, type Patience } from "./patience.ts";
import { moreToThink, thoughtAway, usualRoom, type NotHeld, type Room } from "./room.ts";
import { showWords } from "./show-words.ts";

/** In all, once it has begun: somebody reads along. */
const longestTellingMs = 180_000;

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
  const began = performance.now();
  const deadline = began + task.timeoutMs;
  const overAt = began + (task.toldWithinMs ?? longestTellingMs);
  const timeout = AbortSignal.timeout(task.timeoutMs);
  const until = signal ? AbortSignal.any([signal, timeout]) : timeout;
  let instead: AiFailure | null = null;
  for (const [index, route] of routes.entries()) {
    const isLast = index === routes.length - 1;
    const patience = () => createPatience({ firstWithinMs: shareOfTime(deadline, isLast), overAt });
    const usual = usualRoom(route, task);
    let told = yield* tell(parts, request, route, composed, { patience: patience(), room: usual });
    const room = told.ok || until.aborted ? null : moreToThink(told.error, usual);
    if (room) told = yield* tell(parts, request, route, composed, { patience: patience(), room });
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
  { task, input, tenantId, userId, signal }: AiTextRequest<Input>,
  route: ModelRoute,
  composed: Composed,
  { patience, room }: { patience: Patience; room: Room },
): AsyncGenerator<StreamPart, Result<Told, NotHeld>, undefined> {
  const leaving = new AbortController();
  const { words, push, close } = createWords();
  const shown = showWords(composedFor(route, composed));
  let whole = "";
  const running = attempt(
    parts,
    {
      ...{ asker: { tenantId, userId }, task, route, form: null, room },
      ...{ messages: composed.messages, hidden: composed.hidden },
      byRules: () => task.byRules(input),
      signal: AbortSignal.any([patience.signal, leaving.signal, ...(signal ? [signal] : [])]),
    },
    (question) => listen(route, question, patience, push),
    takeWords,
  ).finally(close);
  // A bug is thrown below; whoever listens may be slow to come there, and nobody's listening may end the process.
  running.catch(() => {});
  try {
    for await (const piece of words) {
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
    patience.stop();
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
function takeWords({ text, stoppedBy }: Heard): Result<Cut | null, AiFailure> {
  if (text.trim() === "") return err(stoppedBy === "length" ? thoughtAway : emptyAnswer);
  return ok(stoppedBy === "end" ? null : stoppedBy);
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
