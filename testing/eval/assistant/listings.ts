import type { Listing } from "../../../shared/entities/listing.ts";
import type { Ai } from "../../../sync-server/ai/index.ts";
import type { Evaluated, Evaluation } from "../evaluation.ts";
import { compareHeldOut, meanOf, type Part } from "../held-out.ts";
import { openModel } from "../open-model.ts";
import { answerTo } from "./answer-to.ts";
import type { Asked } from "./checks.ts";
import { descriptions } from "./descriptions.ts";
import { landings } from "./landings.ts";

type Checked = { part: Part; name: string; holds: boolean; holdsOfTitle: boolean };
type TextSet = Pick<Evaluated, "id" | "feature"> & {
  asked: readonly (Asked & { part: Part })[];
  /** What somebody would write who writes its title and nothing else. */
  titleOnly: (listing: Listing) => string;
};

const sets: readonly TextSet[] = [
  {
    ...{ id: "eval.assistant.listings", feature: "assistant, listings", asked: descriptions },
    titleOnly: ({ title }) => title,
  },
  {
    ...{ id: "eval.assistant.landing", feature: "assistant, landing pages", asked: landings },
    titleOnly: ({ title }) => `Headline: ${title}`,
  },
];

/** Texts about listings, held against their facts; by the rules, or by the model of the settings. */
export const listings: Evaluation = {
  ids: sets.map(({ id }) => id),
  async run() {
    const { ai } = openModel();
    const rows: Evaluated[] = [];
    for (const set of sets) rows.push(await rate(ai, set));
    return rows;
  },
};

async function rate(ai: Ai, { id, feature, asked, titleOnly }: TextSet): Promise<Evaluated> {
  const checked: Checked[] = [];
  const by = new Set<string>();
  for (const { part, name, question, subject, checks } of asked) {
    const { text, from } = await answerTo(ai, { question, subject });
    by.add(from);
    const title = subject.listing === null ? "" : titleOnly(subject.listing);
    for (const check of checks)
      checked.push({
        ...{ part, name: `${name}: ${check.name}`, holds: check.holds(text) },
        holdsOfTitle: check.holds(title),
      });
  }
  const failed = checked.filter(({ holds }) => !holds).map(({ name }) => name);
  return compareHeldOut<Checked>({
    ...{ id, feature, called: "checks", items: checked },
    metric: "share of checks that hold",
    by: [...by].join(", "),
    ours: shareOf(({ holds }) => holds),
    baseline: { name: "its title and nothing else", of: shareOf(({ holdsOfTitle }) => holdsOfTitle) },
    note: failed.length > 0 ? `not: ${failed.join(", ")}` : "",
  });
}

function shareOf(holds: (check: Checked) => boolean) {
  return (all: readonly Checked[]) => meanOf(all.map((one) => (holds(one) ? 1 : 0)));
}
