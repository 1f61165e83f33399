import {
  areaUnderCurve,
  calibrationError,
  type Expected,
} from "../../sync-server/scoring/learning/figures.ts";
import { walkForward } from "../../sync-server/scoring/learning/train.ts";
import { bankFeatures, bankPrior, readBankContacts } from "./bank-contacts.ts";
import type { Evaluation } from "./evaluation.ts";

/** Published beside the data (facts.md): logistic regression, walking forward over the later half of the same file. */
const baselines =
  "logistic regression 0.572 refitted every 5 %, 0.617 every 1 %, 0.649 on the last 3,000 contacts, 0.640 strongly regularised";

/** Conversion: the earlier half is learned from, the later one predicted 1 % of the file at a time. */
export const leads: Evaluation = {
  ids: ["eval.lead.auc", "eval.lead.ece"],
  needs: "bank-marketing",
  run({ dataDir }) {
    const contacts = readBankContacts(dataDir);
    const half = Math.floor(contacts.length / 2);
    const { expected } = walkForward(
      {
        ...{ contacts, prior: bankPrior, version: 1, trainedAt: new Date(0).toISOString() },
        features: bankFeatures(contacts.slice(0, half)),
      },
      half,
      Math.round(contacts.length / 100),
    );
    const common = { feature: "conversion", data: "bank-marketing, later half", runs: 1, unit: "x" } as const;
    const auc = areaUnderCurve(expected) ?? 0.5;
    return [
      {
        ...{ ...common, id: "eval.lead.auc", metric: "AUC, pooled", value: auc, reach: ">= 0.67" },
        ...{ floor: 0.649, ratio: auc / 0.649, note: baselines },
      },
      {
        ...{ ...common, id: "eval.lead.ece", metric: "calibration error, 10 bins", reach: "< 0.03" },
        ...versus(calibrationError(expected) ?? 1, calibrationError(oneRate(contacts, half, expected)) ?? 1),
        note: "baseline: everybody is expected to convert as often as the earlier half did",
      },
    ];
  },
};

function versus(value: number, floor: number) {
  return { value, floor, ratio: value / floor };
}

/** What somebody would expect who knows nothing of a contact but how often the earlier half converted. */
function oneRate(
  contacts: readonly { converted: boolean }[],
  half: number,
  expected: readonly Expected[],
): Expected[] {
  const probability = contacts.slice(0, half).filter(({ converted }) => converted).length / half;
  return expected.map(({ converted }) => ({ probability, converted }));
}
