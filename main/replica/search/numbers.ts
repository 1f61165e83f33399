import { editDistance } from "./distance.ts";
import { bitsOf } from "./vocabulary.ts";

/** The digits of phone numbers by rows, with a way to find those that somebody typed, or nearly typed. */
export type Numbers = {
  /** Takes the place of what the row had; each number in digits only. */
  put(row: number, numbers: readonly string[]): void;
  remove(row: number): void;
  /** Rows with a number that has these digits in a row. */
  eachWith(digits: string, take: (row: number) => void): void;
  /**
   * Rows with a number that has digits in a row which are these or one typing mistake from them: a digit wrong,
   * missing or too many, or two neighbours swapped. Fewer than seven digits are a part of too many numbers: none.
   */
  eachNear(digits: string, take: (row: number) => void): void;
};

const fewestForgiven = 7;
/** A mistake changes this many pairs of neighbouring digits at most. */
const pairsOfMistake = 3;
/** Two blanks: one alone could pass for a wrong digit of a mistyped number. */
const between = "  ";

export function createNumbers(): Numbers {
  const digitsOfRow: string[] = [];
  /** Which pairs of neighbouring digits a row has: what lacks a wanted one is never looked at closely. */
  let pairs = new Int32Array(4096);

  function set(row: number, digits: string): void {
    // A list with holes is slow to go through.
    for (let empty = digitsOfRow.length; empty < row; empty += 1) digitsOfRow.push("");
    digitsOfRow[row] = digits;
    if (row >= pairs.length) {
      const larger = new Int32Array(Math.max(pairs.length * 2, row + 1));
      larger.set(pairs);
      pairs = larger;
    }
    pairs[row] = pairsOf(digits);
  }

  return {
    put: (row, numbers) => set(row, numbers.join(between)),
    remove(row) {
      if (row < digitsOfRow.length) set(row, "");
    },
    eachWith(digits, take) {
      const wanted = pairsOf(digits);
      for (let row = 0; row < digitsOfRow.length; row += 1) {
        if ((wanted & ~(pairs[row] as number)) === 0 && digitsOfRow[row]?.includes(digits)) take(row);
      }
    },
    eachNear(digits, take) {
      const wanted = pairsOf(digits);
      const isNear = nearnessTo(digits);
      for (let row = 0; row < digitsOfRow.length; row += 1) {
        if (bitsOf(wanted & ~(pairs[row] as number)) > pairsOfMistake) continue;
        if (isNear(digitsOfRow[row] as string)) take(row);
      }
    },
  };
}

/** The pairs of neighbouring digits as bits; three or four pairs share one. */
function pairsOf(digits: string): number {
  let bits = 0;
  for (let at = 1; at < digits.length; at += 1) {
    const first = digits.charCodeAt(at - 1) - 48;
    const second = digits.charCodeAt(at) - 48;
    if (first >= 0 && second >= 0) bits |= 1 << ((first * 10 + second) % 32);
  }
  return bits;
}

/**
 * Tells of a number's digits whether they have the wanted ones, or such as are one mistake from them. A mistake leaves
 * one half of what was typed as it was, or swaps the two digits in the middle.
 */
export function nearnessTo(wanted: string): (digits: string) => boolean {
  if (wanted.length < fewestForgiven) return () => false;
  const middle = wanted.length >>> 1;
  const head = wanted.slice(0, middle);
  const tail = wanted.slice(middle);
  const headBackwards = backwards(head);
  const swapped = head.slice(0, -1) + tail.charAt(0) + head.slice(-1) + tail.slice(1);

  return (digits) => {
    for (let at = digits.indexOf(head); at !== -1; at = digits.indexOf(head, at + 1)) {
      if (beginsNear(digits.slice(at + head.length), tail)) return true;
    }
    for (let at = digits.indexOf(tail); at !== -1; at = digits.indexOf(tail, at + 1)) {
      if (beginsNear(backwards(digits.slice(0, at)), headBackwards)) return true;
    }
    return digits.includes(swapped);
  };
}

function beginsNear(digits: string, wanted: string): boolean {
  return editDistance(wanted, digits, 1, true) <= 1;
}

function backwards(digits: string): string {
  return Array.from(digits).toReversed().join("");
}
