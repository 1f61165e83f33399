import type { Random } from "../../shared/result/ports.ts";

export type Dice = {
  random: Random;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(items: readonly T[]): T;
};

export function makeDice(random: Random): Dice {
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return {
    random,
    chance: (probability) => random() < probability,
    between,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new Error("nothing to pick from");
      return items[between(0, items.length - 1)] as T;
    },
  };
}
