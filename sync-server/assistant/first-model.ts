import { whoAnswers, type WhoAnswersDeps } from "../ai/index.ts";
import type { AssistantDeps } from "./deps.ts";
import { chatTask } from "./tasks.ts";

/** A person's questions go to the large models first, and to the small ones where no large one would answer now. */
export function createFirstModel(deps: WhoAnswersDeps): AssistantDeps["firstModel"] {
  return ({ tenantId, userId }) => whoAnswers(deps, { tenantId, userId }, chatTask);
}
