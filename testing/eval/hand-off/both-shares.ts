import { meanOf } from "../held-out.ts";

type Test<T> = (one: T) => boolean;

/** Of those that `splits` names and of the rest the share that is right, and the mean of both: neither counts more by being many. */
export function bothShares<T>(splits: Test<T>, isRight: Test<T>) {
  return (all: readonly T[]) => meanOf([true, false].map((side) => shareOf(all, splits, side, isRight)));
}

export function shareOf<T>(all: readonly T[], splits: Test<T>, side: boolean, isRight: Test<T>): number {
  return meanOf(all.filter((one) => splits(one) === side).map((one) => (isRight(one) ? 1 : 0)));
}
