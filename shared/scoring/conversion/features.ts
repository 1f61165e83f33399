import { z } from "zod";

/** What is known of a lead at one moment, by feature; absent or null = not known, which says nothing either way. */
export type Facts = Readonly<Record<string, number | string | null>>;

const name = z.string().min(1).max(60);
const words = z.string().max(120);

/** An amount counts as its distance from `centre` in `spread`s, of its logarithm (1 + x) where `log` says so. */
const Amount = z.strictObject({
  kind: z.literal("amount"),
  name,
  label: words,
  log: z.boolean(),
  centre: z.number(),
  spread: z.number().positive(),
});
/** A choice counts as the value that it is, each with a weight of its own. */
const Choice = z.strictObject({ kind: z.literal("choice"), name, label: words });

export const Feature = z.discriminatedUnion("kind", [Amount, Choice]);
export type Feature = z.infer<typeof Feature>;

/** One term of the sum: `weight × value`. */
export type Term = { key: string; feature: Feature | null; value: number };

/** The term that every lead has: the rate of the day. */
export const baseTerm = "base";
/** What lies further out than this says no more: one wild number shall not decide alone. */
const farthest = 3;
/** Keeps an amount's term as large as a choice's. */
const scale = 0.5;
const longestValue = 60;

/** The terms of a lead, the base first. */
export function termsOf(features: readonly Feature[], facts: Facts): Term[] {
  const terms: Term[] = [{ key: baseTerm, feature: null, value: 1 }];
  for (const feature of features) {
    const given = facts[feature.name] ?? null;
    if (given === null) continue;
    if (feature.kind === "choice")
      terms.push({ key: choiceKey(feature.name, String(given)), feature, value: 1 });
    else terms.push({ key: feature.name, feature, value: placeOf(feature, Number(given)) });
  }
  return terms;
}

function choiceKey(feature: string, value: string): string {
  return `${feature}=${value.slice(0, longestValue).toWellFormed()}`;
}

function placeOf({ log, centre, spread }: z.infer<typeof Amount>, given: number): number {
  if (!Number.isFinite(given)) return 0;
  const distance = (shapeOf(given, log) - centre) / spread;
  return Math.max(-farthest, Math.min(farthest, distance)) * scale;
}

/** An amount as `centre` and `spread` measure it. */
export function shapeOf(amount: number, log: boolean): number {
  return log ? Math.log1p(Math.max(0, amount)) : amount;
}
