import type { Random } from "../../shared/result/ports.ts";
import { seededRandom } from "../../shared/result/seeded-random.ts";

/** Draws that a believable tenant is made of; the same seed always gives the same ones. */
export type Dice = {
  next: Random;
  /** Whole number in [from, to]. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of `items`, each as likely as its weight says. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  /** `count` different ones, in the order of `items`. */
  sample<T>(items: readonly T[], count: number): T[];
};

export function rollDice(seed: number): Dice {
  const next = seededRandom(seed);
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => at(items, int(0, items.length - 1)),
    weighted: (items) => pickWeighted(items, next()),
    sample: (items, count) => pickSome(items, count, next),
  };
}

/** Another independent series, so that one lead's story never shifts the next lead's. */
export function seedOf(seed: number, index: number): number {
  return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0;
}

function pickWeighted<T>(items: readonly (readonly [T, number])[], draw: number): T {
  let left = draw * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return at(items, items.length - 1)[0];
}

function pickSome<T>(items: readonly T[], count: number, next: Random): T[] {
  const some: T[] = [];
  let needed = Math.min(count, items.length);
  items.forEach((item, index) => {
    if (next() * (items.length - index) >= needed) return;
    some.push(item);
    needed -= 1;
  });
  return some;
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error("drew from an empty list");
  return item;
}
