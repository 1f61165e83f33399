import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { ModelRoute, Used } from "../parts-port.ts";
import type { AiFailure, AiPictureRequest, Drawn } from "../port.ts";
import type { Picture, Usage } from "../provider-port.ts";
import { isWholePicture } from "../safety/check-picture.ts";
import { askInTurn } from "./ask-in-turn.ts";
import { askOnce, type Answered } from "./ask-once.ts";
import { withSystemMessage } from "./attempt.ts";
import { choosePainters } from "./choose-routes.ts";
import { composeQuestion, type Composed } from "./compose-question.ts";
import { fromModel, fromRules, tooLong, type Parts } from "./parts.ts";

/** Of a picture, in models that count it in tokens: the largest and finest of today's takes as many. */
const mostTokensOut = 6_240;

/** A picture by the first model that draws one; Ringside's own where none does. */
export async function draw<Input>(parts: Parts, request: AiPictureRequest<Input>): Promise<Drawn> {
  const { task, input, signal } = request;
  const routes = await choosePainters(parts, request, task.feature);
  if (routes.length === 0) return drawByRules(parts, request, null);
  const composed = await composeQuestion(task, input);
  if (composed === null) return drawByRules(parts, request, tooLong);
  const asked = await askInTurn(routes, { timeoutMs: task.timeoutMs, signal }, (route, until) =>
    askForPicture(parts, request, route, composed, until),
  );
  if (!asked.ok) return drawByRules(parts, request, asked.error);
  const { route, answer } = asked.value;
  return { picture: answer.value, ...fromModel(answer.requestId, route.label) };
}

/** What is said to a model that draws is one text: the data stands behind the instructions, as JSON that nothing in it ends. */
async function askForPicture<Input>(
  parts: Parts,
  { task, input, tenantId, userId }: AiPictureRequest<Input>,
  route: ModelRoute,
  { messages, hidden }: Composed,
  signal: AbortSignal,
): Promise<Result<Answered<Picture>, AiFailure>> {
  const { provider, wireName: model } = route;
  const said = withSystemMessage(messages, route.systemMessage);
  const inputTokens = provider.countTokens(said);
  if (inputTokens > route.contextTokens) return err(tooLong);
  const { feature, name, promptVersion, priority } = task;
  const estimate = { inputTokens, outputTokens: mostTokensOut, pictures: 1 };
  const asked = { tenantId, userId, feature, task: name, promptVersion, route, estimate, hidden };
  const description = said.map(({ text }) => text).join("\n\n");
  const byRules = () => task.byRules(input);
  return askOnce(
    parts,
    { attempt: asked, priority, signal },
    async () => {
      const drawn = await provider.draw({ model, description, signal, byRules });
      return drawn.ok ? ok({ ...drawn.value, usage: usedFor(drawn.value.usage, inputTokens) }) : drawn;
    },
    ({ bytes, mimeType }) => (isWholePicture({ bytes, mimeType }) ? ok({ bytes, mimeType }) : err(noPicture)),
  );
}

/** Every model is billed by the picture, at the admins' price; what one says of its tokens is written down beside it. */
function usedFor(said: Usage | null, inputTokens: number): Used {
  return { ...(said ?? { inputTokens, outputTokens: 0 }), pictures: 1 };
}

const noPicture: AiFailure = {
  code: "invalid",
  message: "What the model drew is no whole picture, or a larger one than is kept.",
};

async function drawByRules<Input>(
  parts: Parts,
  request: AiPictureRequest<Input>,
  instead: AiFailure | null,
): Promise<Drawn> {
  const { task, input } = request;
  const { signal } = new AbortController();
  const drawn = await parts.builtIn.draw({
    ...{ model: "", description: "", signal },
    byRules: () => task.byRules(input),
  });
  if (!drawn.ok) throw new Error(`the built-in provider drew nothing: ${drawn.error.message}`);
  const { bytes, mimeType } = drawn.value;
  return { picture: { bytes, mimeType }, ...fromRules(parts, request, instead) };
}
