import type { Ai } from "../../../sync-server/ai/index.ts";
import { insightTask, type InsightInput } from "../../../sync-server/assistant/tasks.ts";
import type { Evaluation } from "../evaluation.ts";
import { rateFixedSet, type Held, type Result } from "../fixed-set.ts";
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
      rateFixedSet({ ...rowOf("letters", silence), reach: ">= 0.9" }, await holdAll(ai, letters)),
      rateFixedSet({ ...rowOf("chat", silence), reach: ">= 0.7" }, await holdAll(ai, talks)),
      rateFixedSet({ ...rowOf("deals", "the same of every deal"), reach: ">= 0.9" }, await holdDeals(ai)),
    ];
  },
};

const silence = "says nothing";

function rowOf(name: string, baseline: string) {
  return { id: `eval.assistant.${name}`, feature: `assistant, ${name}`, baseline };
}

async function holdAll(ai: Ai, all: readonly Asked[]): Promise<Held> {
  const results: Result[] = [];
  const by = new Set<string>();
  for (const { name, question, subject, checks } of all) {
    const { text, from } = await answerTo(ai, { question, subject });
    by.add(from);
    for (const check of checks)
      results.push({
        name: `${name}: ${check.name}`,
        held: check.holds(text),
        ofBaseline: check.holds(""),
      });
  }
  return { results, by };
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
  const same = judgeDeals(good, bad.map(({ name }) => ({ name, insight: good }))); // prettier-ignore
  const results = held.map((one, index) => ({
    name: deals.wrong[index >> 1]?.name ?? "",
    held: one,
    ofBaseline: same[index] ?? false,
  }));
  return { results, by };
}
