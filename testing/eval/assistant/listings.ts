import type { Evaluation } from "../evaluation.ts";
import { compareHeldOut, meanOf, type Part } from "../held-out.ts";
import { openModel } from "../open-model.ts";
import { answerTo } from "./answer-to.ts";
import { descriptions } from "./descriptions.ts";

type Checked = { part: Part; name: string; holds: boolean; holdsOfTitle: boolean };

/** Descriptions of listings, held against their facts; by the rules, or by the model of the settings. */
export const listings: Evaluation = {
  ids: ["eval.assistant.listings"],
  async run() {
    const { ai } = openModel();
    const checked: Checked[] = [];
    const by = new Set<string>();
    for (const { part, name, question, subject, checks } of descriptions) {
      const { text, from } = await answerTo(ai, { question, subject });
      by.add(from);
      for (const check of checks)
        checked.push({
          ...{ part, name: `${name}: ${check.name}`, holds: check.holds(text) },
          holdsOfTitle: check.holds(subject.listing?.title ?? ""),
        });
    }
    const failed = checked.filter(({ holds }) => !holds).map(({ name }) => name);
    return [
      compareHeldOut<Checked>({
        ...{
          id: "eval.assistant.listings",
          feature: "assistant, listings",
          called: "checks",
          items: checked,
        },
        metric: "share of checks that hold",
        by: [...by].join(", "),
        ours: shareOf(({ holds }) => holds),
        baseline: { name: "its title and nothing else", of: shareOf(({ holdsOfTitle }) => holdsOfTitle) },
        note: failed.length > 0 ? `not: ${failed.join(", ")}` : "",
      }),
    ];
  },
};

function shareOf(holds: (check: Checked) => boolean) {
  return (all: readonly Checked[]) => meanOf(all.map((one) => (holds(one) ? 1 : 0)));
}
