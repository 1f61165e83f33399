import { seededRandom } from "../../shared/result/seeded-random.ts";
import { letterOf, unitOf } from "../../shared/sentiment/letters.ts";
import { tableSize, type Terms } from "../../shared/sentiment/terms.ts";
import { sumOf, type PackedTable } from "../../shared/sentiment/weights.ts";
import { at } from "./solve.ts";

/** What a text is made of, and the number that its terms are to add up to. */
export type Aimed = { terms: Terms; aim: number };
export type FittedTable = { weights: Float64Array; base: number };

const [epochs, seed] = [8, 1];

/**
 * Least squares by AdaGrad, `pace` falling to nothing (Duchi, Hazan, Singer 2011). The same texts give the same weights.
 * @param pace small enough that the table does not end up knowing its texts by heart
 */
export function fitTable(texts: readonly Aimed[], pace: number): FittedTable {
  const random = seededRandom(seed);
  const table: FittedTable = { weights: new Float64Array(tableSize), base: 0 };
  const squares = new Float64Array(tableSize + 1).fill(1e-2);
  const order = [...texts];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const text of order) step(table, squares, text, pace * (1 - epoch / epochs));
  }
  return table;
}

function step(table: FittedTable, squares: Float64Array, { terms, aim }: Aimed, length: number): void {
  const error = sumOf(table, terms) - aim;
  const changeOf = (place: number, slope: number) => {
    squares[place] = at(squares, place) + slope * slope;
    return (length * slope) / Math.sqrt(at(squares, place));
  };
  terms.indices.forEach((place, index) => {
    table.weights[place] = at(table.weights, place) - changeOf(place, error * at(terms.values, index));
  });
  table.base -= changeOf(tableSize, error);
}

export function shuffle<T>(items: T[], random: () => number): void {
  for (let place = items.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1));
    [items[place], items[other]] = [items[other] as T, items[place] as T];
  }
}

/** As it is shipped. */
export function packTable({ weights, base }: FittedTable): PackedTable {
  const unit = unitOf(weights);
  const letters = Array.from(weights, (weight) => letterOf(weight, unit));
  return { letters: letters.join(""), step: unit, base: Number(base.toPrecision(7)) };
}
