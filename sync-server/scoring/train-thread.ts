import { parentPort } from "node:worker_threads";
import { leadFeatures, leadPrior } from "../../shared/scoring/conversion/lead-facts.ts";
import { keepCommonChoices } from "./learning/common-choices.ts";
import { findDrift } from "./learning/drift.ts";
import { trainConversion } from "./learning/train.ts";
import { knownAmong, type DatedContact } from "./past-contacts.ts";
import type { FromThread, ToThread } from "./trainer.ts";

// The thread in which a model is trained: seconds of reckoning that nobody shall wait for.

/** Older ones say little of today. */
const mostContacts = 30_000;
let contacts: DatedContact[] = [];

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "contacts") take(message.contacts);
  else parentPort?.postMessage(train(message) satisfies FromThread);
});

/** Of a hundred thousand leads there are millions of contacts: what is too old is let go on the way. */
function take(more: readonly DatedContact[]): void {
  contacts.push(...more);
  if (contacts.length > 2 * mostContacts) contacts = latestOf(contacts);
}

function latestOf(all: readonly DatedContact[]): DatedContact[] {
  return all.toSorted((a, b) => a.at - b.at).slice(-mostContacts);
}

function train({ version, trainedAt }: Extract<ToThread, { kind: "train" }>): FromThread {
  const latest = keepCommonChoices(latestOf(contacts), leadFeatures);
  const { model, expected } = trainConversion({
    ...{ contacts: latest, features: leadFeatures, prior: leadPrior, version, trainedAt },
    knownBefore: knownAmong(latest),
  });
  return { model: shorten(model), drift: findDrift(latest, expected, leadFeatures) };
}

/** Six digits are more than is known, and a third of the size on its way to the desks. */
function shorten(model: FromThread["model"]): FromThread["model"] {
  const short = (value: number) => Number(value.toPrecision(6));
  return { ...model, mean: model.mean.map(short), covariance: model.covariance.map(short) };
}
