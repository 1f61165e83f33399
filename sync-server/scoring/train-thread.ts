import { parentPort } from "node:worker_threads";
import { leadFeatures, leadPrior } from "../../shared/scoring/conversion/lead-facts.ts";
import { findDrift } from "./learning/drift.ts";
import { trainConversion } from "./learning/train.ts";
import type { DatedContact } from "./past-contacts.ts";
import type { FromThread, ToThread } from "./trainer.ts";

// The thread in which a model is trained: seconds of reckoning that nobody shall wait for.

/** Older ones say little of today. */
const mostContacts = 30_000;
const contacts: DatedContact[] = [];

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "contacts") contacts.push(...message.contacts);
  else parentPort?.postMessage(train(message) satisfies FromThread);
});

function train({ version, trainedAt }: Extract<ToThread, { kind: "train" }>): FromThread {
  const latest = contacts.toSorted((a, b) => a.at - b.at).slice(-mostContacts);
  const { model, expected } = trainConversion({
    ...{ contacts: latest, features: leadFeatures, prior: leadPrior, version, trainedAt },
  });
  return { model: shorten(model), drift: findDrift(latest, expected, leadFeatures) };
}

/** Six digits are more than is known, and a third of the size on its way to the desks. */
function shorten(model: FromThread["model"]): FromThread["model"] {
  const short = (value: number) => Number(value.toPrecision(6));
  return { ...model, mean: model.mean.map(short), covariance: model.covariance.map(short) };
}
