import { z } from "zod";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { AiFailure, AiRequest, Generated } from "../port.ts";
import type { Answered } from "./ask-once.ts";
import { askInTurn } from "./ask-in-turn.ts";
import { attempt, type Attempt } from "./attempt.ts";
import { chooseRoutes } from "./choose-routes.ts";
import { composedFor, composeQuestion, withRepair, type Composed } from "./compose-question.ts";
import { keptAnswersTo } from "./kept-answers.ts";
import { fromCache, fromModel, fromRules, tooLong, type Parts } from "./parts.ts";
import { cutOff, isCut, moreToThink, moreToWrite, roomAfter, thoughtAway, usualRoom } from "./room.ts";
import type { Heard } from "./listen.ts";
import { takeAnswer } from "./take-answer.ts";

/** Data of the task's form: of a model where one answers, of the rules where none does. */
export async function generate<Input, Output>(
  parts: Parts,
  request: AiRequest<Input, Output>,
): Promise<Generated<Output>> {
  const { task, input, tenantId, userId, signal } = request;
  const routes = await chooseRoutes(parts, { tenantId, userId }, task);
  if (routes.length === 0) return answerByRules(parts, request, null);
  const composed = await composeQuestion(task, input);
  if (composed === null) return answerByRules(parts, request, tooLong);
  const answers = keptAnswersTo(parts, tenantId, task, composed);
  const kept = answers.find(routes);
  if (kept) return { output: kept.output as Output, ...fromCache(parts, request, kept.route) };
  const asked = await askInTurn(routes, { timeoutMs: task.timeoutMs, signal }, (route, until) =>
    askForForm(parts, request, route, composed, until),
  );
  if (!asked.ok) return answerByRules(parts, request, asked.error);
  const { route, answer } = asked.value;
  answers.keep(route, answer.value);
  return { output: answer.value, ...fromModel(answer.requestId, route.label) };
}

/**
 * One that does not hold is sent back once with what is wrong; one that broke off at its length is asked for anew, unless
 * it has done so before.
 */
async function askForForm<Input, Output>(
  parts: Parts,
  { task, input, tenantId, userId, brokeOff = null }: AiRequest<Input, Output>,
  route: ModelRoute,
  composed: Composed,
  signal: AbortSignal,
): Promise<Result<Answered<Output>, AiFailure>> {
  const form = formOf(task);
  const byRules = () => JSON.stringify(task.byRules(input));
  let problem = "";
  const take = (given: Heard): Result<Output, AiFailure> => {
    const taken = takeAnswer(task.schema, composedFor(route, composed), given.text);
    if (taken.ok) return ok(taken.value);
    if (isCut(given)) return err(given.text.trim() === "" ? thoughtAway : cutOff);
    problem = taken.error;
    return err({ code: "invalid", message: "The model gave no answer of the form that was asked for." });
  };
  const { hidden } = composed;
  const base = { asker: { tenantId, userId }, task, route, hidden, form, byRules, signal };
  const ask = route.provider.complete.bind(route.provider);
  const askWith = (own: Pick<Attempt, "messages" | "room">) => attempt(parts, { ...base, ...own }, ask, take);
  const { messages } = composed;
  const usual = usualRoom(route, task);
  // What another one broke off at says nothing of this one.
  const before = brokeOff?.modelId === route.modelId ? brokeOff.by : null;
  const room = before === null ? usual : roomAfter(before, route, usual);
  // It may not write more, and would break off again.
  if (room === null) return err(cutOff);
  const first = await askWith({ messages, room });
  if (first.ok || first.error.given === undefined) return first;
  const more = moreToThink(first.error, room) ?? moreToWrite(route, first.error, room);
  if (more && before === null) return askWith({ messages, room: more });
  // Within the same limit it would break off again.
  if (isCut(first.error.given)) return first;
  return askWith({ messages: withRepair(messages, first.error.given.text, problem), room });
}

/** The form of an answer, as providers are told it. */
export function formOf({ name, schema: given }: { name: string; schema: z.ZodType }) {
  const { $schema: _, ...schema } = z.toJSONSchema(given);
  return { name: name.replaceAll(/\W/gu, "_"), schema };
}

function answerByRules<Input, Output>(
  parts: Parts,
  request: AiRequest<Input, Output>,
  instead: AiFailure | null,
): Generated<Output> {
  return { output: request.task.byRules(request.input), ...fromRules(parts, request, instead) };
}
