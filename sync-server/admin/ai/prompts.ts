import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Refused } from "../../http/index.ts";
import { addOpenRoute, addRoute, admins, found, operators, type Routes } from "../route.ts";
import { promptSamples } from "./prompt-samples.ts";
import { AiPrompts, TriedPrompt, TryPrompt, type AiPrompt } from "./prompt-wire.ts";
import { tryPrompt, type PromptTask } from "./try-prompt.ts";
import { Evaluation, EvaluationFigure } from "./wire.ts";

const folder = join(import.meta.dirname, "../../../resources/prompts");
const readers = [...admins, ...operators];

/** Prompts are files with names and versions: they are read and tried here, and changed with the program. */
export function addPromptRoutes(routes: Routes): void {
  const path = "/ai/prompts";
  const { gateway, tasks } = routes.deps.ai;
  addRoute(
    routes,
    { method: "GET", path, summary: "Prompts with their versions", roles: readers, answer: AiPrompts },
    async () => ({ prompts: await readPrompts(tasks) }),
  );
  addOpenRoute(
    routes,
    { method: "POST", path: `${path}/try`, summary: "Ask a model with a prompt and data of one's own; it counts as any question does", roles: admins, body: TryPrompt, answer: TriedPrompt }, // prettier-ignore
    async ({ identity: { tenantId, userId }, body: { name, version, data, said } }) => {
      const prompts = await readPrompts(tasks);
      const prompt = found(
        prompts.find((one) => one.name === name && one.version === version),
        "prompt",
      );
      const task = tasks.find((one) => one.name === name);
      if (prompt.trial === null || !task)
        throw new Refused("bad-request", "A picture's prompt is tried at a listing on the desk.");
      const asked = { tenantId, userId, promptVersion: version, data: readJson(data), said };
      return tryPrompt(gateway, task, asked);
    },
  );
  addEvaluationRoute(routes);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused("bad-request", "The data is not JSON.");
  }
}

const fileName = /^([\w.-]+)\.v(\d+)\.md$/u;

/** By name, the newest version first. */
async function readPrompts(tasks: readonly PromptTask[]): Promise<z.input<typeof AiPrompts>["prompts"]> {
  const prompts = (await readdir(folder)).flatMap((file) => {
    const [, name, version] = fileName.exec(file) ?? [];
    return name && version ? [readPromptFile(tasks, file, { name, version: Number(version) })] : [];
  });
  return (await Promise.all(prompts)).toSorted(
    (a, b) => a.name.localeCompare(b.name) || b.version - a.version,
  );
}

async function readPromptFile(
  tasks: readonly PromptTask[],
  file: string,
  of: Pick<Prompt, "name" | "version">,
): Promise<Prompt> {
  return { ...of, text: await readFile(join(folder, file), "utf8"), trial: trialOf(tasks, of.name) };
}

type Prompt = z.input<typeof AiPrompt>;

function trialOf(tasks: readonly PromptTask[], name: string): Prompt["trial"] {
  const task = tasks.find((one) => one.name === name);
  const sample = promptSamples[name];
  if (!task || !sample) return null;
  const { schema, maxOutputTokens, timeoutMs } = task;
  const { data, said } = sample;
  return {
    data: JSON.stringify(data, null, 2),
    said,
    hasForm: schema !== undefined,
    maxOutputTokens,
    timeoutMs,
  };
}

function addEvaluationRoute(routes: Routes): void {
  const { evaluationFile } = routes.deps.ai;
  addRoute(
    routes,
    { method: "GET", path: "/ai/evaluation", summary: "How the features did on their fixed data, as `npm run eval` wrote it", roles: readers, answer: Evaluation }, // prettier-ignore
    async () => {
      const text = await readFile(evaluationFile, "utf8").catch(() => null);
      if (text === null) return { madeAt: null, figures: [] };
      const figures = z.array(EvaluationFigure).safeParse(parse(text));
      if (!figures.success)
        throw new Refused("conflict", "The evaluation's file is not of its form. Run it anew.");
      return { madeAt: (await stat(evaluationFile)).mtime.toISOString(), figures: figures.data };
    },
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
