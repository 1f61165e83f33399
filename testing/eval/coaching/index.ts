import { makeReport } from "../../../shared/coaching/report/make-report.ts";
import { CallReport } from "../../../shared/entities/insight.ts";
import { nobodyKnown, type Ai } from "../../../sync-server/ai/index.ts";
import { cardTask } from "../../../sync-server/coaching/card-words.ts";
import { reportWords, type WordsInput } from "../../../sync-server/coaching/report-words.ts";
import { callDay, reportInput } from "../../coaching/some-report.ts";
import { nameOf } from "../assistant/answer-to.ts";
import type { Evaluation } from "../evaluation.ts";
import { rateFixedSet, type Held, type Result } from "../fixed-set.ts";
import { openModel } from "../open-model.ts";
import { calls, firstAndLast, type ReportedTalk } from "./calls.ts";
import { cards } from "./cards.ts";

const asker = { tenantId: "eval", userId: null };

/**
 * What stands on a card in a call, and what a report says of one, held against facts: the playbook's own lines and the
 * rules' words, or those of the model of the settings.
 */
export const coaching: Evaluation = {
  ids: ["eval.coaching.card", "eval.coaching.report-words"],
  async run() {
    const { ai } = openModel();
    return [
      rateFixedSet(
        { id: "eval.coaching.card", feature: "coaching, cards", baseline: "the card's title alone" },
        await holdCards(ai),
      ),
      rateFixedSet(
        {
          ...{ id: "eval.coaching.report-words", feature: "coaching, words of reports" },
          baseline: "the customer's first words and the last ones of the call",
        },
        await holdReports(ai),
      ),
    ];
  },
};

async function holdCards(ai: Ai): Promise<Held> {
  const by = new Set<string>();
  const results: Result[] = [];
  for (const { name, request, checks } of cards) {
    const { output, ...origin } = await ai.generate({
      ...asker,
      task: cardTask,
      input: { ...request, known: nobodyKnown },
    });
    by.add(nameOf(origin));
    for (const check of checks)
      results.push({
        name: `${name}: ${check.name}`,
        held: check.holds(output.lines),
        ofBaseline: check.holds([request.title]),
      });
  }
  return { results, by };
}

async function holdReports(ai: Ai): Promise<Held> {
  const by = new Set<string>();
  const results: Result[] = [];
  for (const { name, utterances, checks } of calls) {
    const { output, ...origin } = await ai.generate({
      ...asker,
      task: reportWords,
      input: found(utterances),
    });
    by.add(nameOf(origin));
    const plain = firstAndLast(utterances);
    for (const check of checks)
      results.push({
        name: `${name}: ${check.name}`,
        held: check.holds(output),
        ofBaseline: check.holds(plain),
      });
  }
  return { results, by };
}

/** What the rules find in a call, as it is put into words. */
function found(utterances: ReportedTalk["utterances"]): WordsInput {
  const report = CallReport.parse({
    ...makeReport(reportInput(utterances)),
    ...{ id: "report:call", rev: 1, createdAt: callDay, updatedAt: callDay, kept: [] },
  });
  return { report, utterances, known: nobodyKnown };
}
