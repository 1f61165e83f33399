import type { z } from "zod";
import type { AiLimit, AiModel, OfferedModel } from "../../admin/ai/wire.ts";

export const unpricedWords = "No price: money limits do not count it";

/** Whether it is paid for by use and nobody has said what that costs. @param today in UTC, as prices are kept here */
export function isUnpriced({ terms, prices }: Pick<AiModel, "terms" | "prices">, today: string): boolean {
  return terms === "paid" && prices.every(({ fromDay }) => fromDay > today);
}

export function isOfferedUnpriced({
  terms,
  price,
}: Pick<z.output<typeof OfferedModel>, "terms" | "price">): boolean {
  return terms === "paid" && price === null;
}

/** The same of what listens to calls, by the minute. */
export function isSoundUnpriced(
  { prices }: { prices: readonly { fromDay: string }[] },
  today: string,
): boolean {
  return prices.every(({ fromDay }) => fromDay > today);
}

/** Of models without a price: those that a limit of money is meant for, and does not count. */
export function findUncounted<M extends { id: string }>(
  limits: readonly Pick<AiLimit, "measure" | "modelId">[],
  unpriced: readonly M[],
): M[] {
  const ofMoney = limits.filter(({ measure }) => measure === "money");
  return unpriced.filter(({ id }) => ofMoney.some(({ modelId }) => modelId === null || modelId === id));
}
