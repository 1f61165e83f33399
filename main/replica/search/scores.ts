export type Quality = "exact" | "prefix" | "inside" | "mistyped" | "mistyped-twice";

/** By quality: points for name, company, contact, notes, and the bonus for beginning the name. */
const points: Readonly<Record<Quality, readonly [number, number, number, number, number]>> = {
  exact: [100, 84, 68, 50, 8],
  prefix: [80, 66, 52, 36, 6],
  inside: [48, 42, 30, 20, 0],
  mistyped: [40, 34, 28, 14, 4],
  "mistyped-twice": [32, 26, 22, 8, 4],
};

/** Points for every combination of fields that a word may stand in: its best field counts. */
const pointsByBits = Object.fromEntries(
  Object.entries(points).map(([quality, [name, company, contact, notes, first]]) => [
    quality,
    Uint8Array.from({ length: 32 }, (_, bits) =>
      Math.max(
        bits & 1 ? name + (bits & 16 ? first : 0) : 0,
        bits & 2 ? company : 0,
        bits & 4 ? contact : 0,
        bits & 8 ? notes : 0,
      ),
    ),
  ]),
) as Record<Quality, Uint8Array>;

/** Adds up what words score row by row; only rows that every word so far has matched stay in. */
export type Scores = {
  begin(rows: number): void;
  add(row: number, bits: number, quality: Quality): void;
  endWord(): void;
  /** Rows that matched every word, best first, equal ones in the order of rows. */
  ranked(): Int32Array<ArrayBuffer>;
};

export function createScores(): Scores {
  let rows = 0;
  let words = 0;
  let matched = new Uint8Array(0); // how many words a row has matched
  let total = new Uint16Array(0);
  let best = new Uint8Array(0); // of the word at hand
  let touched: number[] = [];

  return {
    begin(count) {
      rows = count;
      words = 0;
      if (matched.length < count) {
        matched = new Uint8Array(Math.ceil(count * 1.25));
        total = new Uint16Array(matched.length);
        best = new Uint8Array(matched.length);
      }
      matched.fill(0, 0, count);
      total.fill(0, 0, count);
    },
    add(row, bits, quality) {
      if (matched[row] !== words) return;
      const score = pointsByBits[quality][bits] as number;
      if (best[row] === 0) touched.push(row);
      if (score > (best[row] as number)) best[row] = score;
    },
    endWord() {
      words += 1;
      for (const row of touched) {
        matched[row] = words;
        total[row] = (total[row] as number) + (best[row] as number);
        best[row] = 0;
      }
      touched = [];
    },
    ranked: () => rankByTotal(rows, (row) => (matched[row] === words ? (total[row] as number) : 0)),
  };
}

/** Counting sort: totals are small numbers, and rows come out in their order by themselves. */
function rankByTotal(rows: number, totalOf: (row: number) => number): Int32Array<ArrayBuffer> {
  const counts: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    const total = totalOf(row);
    if (total > 0) counts[total] = (counts[total] ?? 0) + 1;
  }
  const places: number[] = [];
  let end = 0;
  for (let total = counts.length - 1; total > 0; total -= 1) {
    places[total] = end;
    end += counts[total] ?? 0;
  }
  const ranked = new Int32Array(end);
  for (let row = 0; row < rows; row += 1) {
    const total = totalOf(row);
    if (total === 0) continue;
    const place = places[total] as number;
    ranked[place] = row;
    places[total] = place + 1;
  }
  return ranked;
}
