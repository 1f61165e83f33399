import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { AiTextTask } from "../../ai/index.ts";
import { Refused } from "../../http/index.ts";
import { addOpenRoute, addRoute, admins, found, operators, type Routes } from "../route.ts";
import { AiPrompts, Evaluation, EvaluationFigure, TriedPrompt, TryPrompt } from "./wire.ts";

const folder = join(import.meta.dirname, "../../../resources/prompts");
const readers = [...admins, ...operators];

/** Prompts are files with names and versions: they are read and tried here, and changed with the program. */
export function addPromptRoutes(routes: Routes): void {
  const path = "/ai/prompts";
  addRoute(
    routes,
    { method: "GET", path, summary: "Prompts with their versions", roles: readers, answer: AiPrompts },
    async () => ({ prompts: await readPrompts() }),
  );
  addOpenRoute(
    routes,
    { method: "POST", path: `${path}/try`, summary: "Ask a model with a prompt and data of one's own; it counts as any question does", roles: admins, body: TryPrompt, answer: TriedPrompt }, // prettier-ignore
    async ({ identity: { tenantId, userId }, body: { name, version, data } }) => {
      const prompt = (await readPrompts()).find((one) => one.name === name && one.version === version);
      if (found(prompt, "prompt").asksFor === "picture")
        throw new Refused("bad-request", "A picture's prompt is tried at a listing on the desk.");
      const task = taskOf(name, version);
      let text = "";
      for await (const part of routes.deps.ai.gateway.stream({
        task,
        input: readJson(data),
        tenantId,
        userId,
      })) {
        if (part.kind === "begin") text = "";
        else if (part.kind === "text") text += part.text;
        else return { text, by: part.by, model: part.model, trouble: part.instead?.message ?? null };
      }
      throw new Error("a stream without an end");
    },
  );
  addEvaluationRoute(routes);
}

function taskOf(name: string, promptVersion: number): AiTextTask<unknown> {
  return {
    ...{ name, promptVersion, feature: "assistant", difficulty: "hard", priority: "waiting" },
    ...{
      personalData: "hidden",
      sameForMs: 0,
      maxOutputTokens: 2_000,
      timeoutMs: 60_000,
      toldWithinMs: 90_000,
    },
    dataOf: (data) => data,
    byRules: () => "",
  };
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
async function readPrompts(): Promise<z.input<typeof AiPrompts>["prompts"]> {
  const prompts = (await readdir(folder)).flatMap((file) => {
    const [, name, version] = fileName.exec(file) ?? [];
    return name && version ? [readPromptFile(file, name, Number(version))] : [];
  });
  return (await Promise.all(prompts)).toSorted(
    (a, b) => a.name.localeCompare(b.name) || b.version - a.version,
  );
}

async function readPromptFile(file: string, name: string, version: number) {
  // What asks for a picture is called so.
  const asksFor = name.endsWith(".picture") ? ("picture" as const) : ("words" as const);
  return { name, version, asksFor, text: await readFile(join(folder, file), "utf8") };
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
