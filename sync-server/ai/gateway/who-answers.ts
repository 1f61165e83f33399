import type { Attempt, Catalogue, Guard, Ledger, ModelRoute } from "../parts-port.ts";
import type { AiFailure, TaskTraits } from "../port.ts";
import { chooseRoutes } from "./choose-routes.ts";
import { failureOf, type Asker } from "./parts.ts";
import { usualRoom } from "./room.ts";

export type WhoAnswersDeps = {
  catalogue: Catalogue;
  guard: Pick<Guard, "isLaden" | "troubleOf">;
  ledger: Pick<Ledger, "refusalOf">;
};

/** What a question reads before anything is known of it. */
const usualInputTokens = 1_500;

/**
 * Which model a question of somebody's would be answered by now, without asking any.
 * @returns `model` is its name in the catalogue; empty = the rules would answer, and `instead` says what keeps the models
 * from it; null = there are none
 */
export async function whoAnswers(
  deps: WhoAnswersDeps,
  asker: Asker,
  task: TaskTraits,
): Promise<{ model: string; instead: AiFailure | null }> {
  let instead: AiFailure | null = null;
  for (const route of await chooseRoutes(deps, asker, task)) {
    const trouble = deps.guard.troubleOf(route);
    const refusal = trouble ? failureOf(trouble) : await deps.ledger.refusalOf(attemptAt(route, asker, task));
    if (refusal === null) return { model: route.label, instead: null };
    instead = refusal;
  }
  return { model: "", instead };
}

function attemptAt(route: ModelRoute, asker: Asker, task: TaskTraits): Attempt {
  const { feature, name, promptVersion } = task;
  const { answerTokens, reasoningTokens } = usualRoom(route, task);
  const estimate = { inputTokens: usualInputTokens, outputTokens: answerTokens + reasoningTokens };
  return { ...asker, feature, task: name, promptVersion, route, estimate, hidden: null };
}
