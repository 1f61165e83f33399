import type { Ai } from "../../../sync-server/ai/index.ts";
import { insightTask, type InsightInput } from "../../../sync-server/assistant/tasks.ts";
import type { Evaluated, Evaluation } from "../evaluation.ts";
import { openModel } from "../open-model.ts";
import { answerTo, nameOf } from "./answer-to.ts";
import { deals, judgeDeals, letters, talks, type Asked } from "./checks.ts";

/**
 * What the assistant says, held against facts on a fixed set: by Ringside's rules, or by the model of the settings
 * (AI_BASE_URL, AI_MODEL, AI_API_KEY) where one is set up. The rules know English alone, and few ways to ask.
 */
export const assistant: Evaluation = {
  ids: ["eval.assistant.letters", "eval.assistant.chat", "eval.assistant.deals"],
  async run() {
    const { ai } = openModel();
    return [
      rate("letters", await holdAll(ai, letters), ">= 0.9"),
      rate("chat", await holdAll(ai, talks), ">= 0.7"),
      rate("deals", await holdDeals(ai), ">= 0.9"),
    ];
  },
};

/** `floor`: how many hold of somebody who says nothing, or the same of every deal. */
type Held = { held: number; of: number; failed: string[]; by: ReadonlySet<string>; floor: number };

async function holdAll(ai: Ai, all: readonly Asked[]): Promise<Held> {
  const results = [];
  const by = new Set<string>();
  for (const { name, question, subject, checks } of all) {
    const { text, from } = await answerTo(ai, { question, subject });
    by.add(from);
    for (const check of checks) results.push({ held: check.holds(text), name: `${name}: ${check.name}` });
  }
  const silent = all.flatMap(({ checks }) => checks).filter((check) => check.holds("")).length;
  return count(results, by, silent);
}

async function holdDeals(ai: Ai): Promise<Held> {
  const by = new Set<string>();
  const judge = async (input: InsightInput) => {
    const { output, ...origin } = await ai.generate({ tenantId: "eval", userId: null, task: insightTask, input }); // prettier-ignore
    by.add(nameOf(origin));
    return output;
  };
  const good = await judge(deals.well);
  const bad = [];
  for (const { name, ...input } of deals.wrong) bad.push({ name, insight: await judge(input) });
  const held = judgeDeals(good, bad);
  return count(
    held.map((one, index) => ({ held: one, name: deals.wrong[index >> 1]?.name ?? "" })),
    by,
    judgeDeals(
      good,
      bad.map(({ name }) => ({ name, insight: good })),
    ).filter(Boolean).length,
  );
}

function count(
  results: readonly { held: boolean; name: string }[],
  by: ReadonlySet<string>,
  floor: number,
): Held {
  const failed = results.filter(({ held }) => !held).map(({ name }) => name);
  return { held: results.length - failed.length, of: results.length, failed, by, floor };
}

function rate(name: string, { held, of, failed, by, floor }: Held, reach: string): Evaluated {
  return {
    ...{ id: `eval.assistant.${name}`, feature: `assistant, ${name}`, data: `fixed set, ${of} checks` },
    ...{ metric: "share of checks that hold", value: held / of, unit: "x", reach, runs: 1 },
    ...{ floor: floor / of, ...(floor > 0 && { ratio: held / floor }) },
    note: [`by ${[...by].join(", ")}`, ...(failed.length > 0 ? [`not: ${failed.join("; ")}`] : [])].join(
      "; ",
    ),
  };
}
