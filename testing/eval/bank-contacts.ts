import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import type { Feature } from "../../shared/scoring/conversion/features.ts";
import type { Contact } from "../../sync-server/scoring/learning/learner.ts";
import { measureAmount } from "../../sync-server/scoring/learning/train.ts";

/** Known only after the call: nothing that predicts may see it. */
const afterwards = "duration";
const choices = [
  ...["job", "marital", "education", "default", "housing", "loan", "contact", "month", "day_of_week"],
  ...["poutcome", "age band"],
];
/** With whether it is counted by its logarithm. */
const amounts = new Map([
  ["campaign", true],
  ["previous", true],
  ["emp.var.rate", false],
  ["cons.price.idx", false],
  ["cons.conf.idx", false],
  ["euribor3m", false],
  ["nr.employed", false],
]);

/** The contacts of a file of the form of bank.csv, in the order in which they were made. */
export function readBankContacts(dataDir: string): Contact[] {
  const text = readFileSync(join(dataDir, "bank-marketing", "bank.csv"), "utf8");
  const { data } = Papa.parse<Record<string, string>>(text, {
    delimiter: ";",
    header: true,
    skipEmptyLines: true,
  });
  return data.map(({ y, [afterwards]: _afterwards, ...row }) => ({
    converted: y === "yes",
    facts: { ...row, ...numbersOf(row), "age band": ageBand(Number(row["age"])) },
  }));
}

/** What a model sees of them; amounts are measured on contacts that are known already. */
export function bankFeatures(known: readonly Contact[]): Feature[] {
  return [
    ...choices.map((name): Feature => ({ kind: "choice", name, label: name })),
    ...Array.from(amounts, ([name, log]) => measureAmount(name, name, { log, among: known })),
  ];
}

/** How often a contact of theirs was bought from is all that is believed before. */
export const bankPrior = { rate: 0.05, weights: {} };

function numbersOf(row: Record<string, string>): Record<string, number> {
  return Object.fromEntries(Array.from(amounts.keys(), (name) => [name, Number(row[name])]));
}

function ageBand(age: number): string {
  const from = [60, 50, 40, 30, 25].find((edge) => age >= edge);
  return from === undefined ? "under 25" : `from ${from}`;
}
