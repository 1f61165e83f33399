import type { Usage } from "../ledger/index.ts";
import type { RefusedKey } from "./read-refused.ts";

/** "On 22 November 2026: $60.00, where $1.00 a day is usual." */
export function sayUnusual({ day, measure, amount, usual }: Usage["unusual"][number]): string {
  const on = days.format(new Date(`${day}T00:00:00Z`));
  return measure === "money"
    ? `On ${on}: ${sayDollars(amount)}, where ${sayDollars(usual)} a day is usual.`
    : `On ${on}: ${counts.format(amount)} requests, where ${counts.format(usual)} a day are usual.`;
}

export function sayRefused({ label, model, lastAt, instead }: RefusedKey): string {
  const whose = label === "" ? "The account of the server's settings" : `The account “${label}”`;
  return `${whose}: the provider does not take its key, or it has no credit. It was last asked for the model ${model}, on ${times.format(new Date(lastAt))} UTC.${instead === "rules" ? " Ringside's own rules answered instead." : ""}`;
}

/** Of billionths. */
function sayDollars(amount: number): string {
  return dollars.format(amount / 1_000_000_000);
}

const dollars = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const counts = new Intl.NumberFormat("en");
// Whoever reads it may live anywhere.
const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const times = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
