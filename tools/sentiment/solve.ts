/** Rows of a square matrix. */
export type Matrix = readonly Float64Array[];

/** One that is `diagonal` on its diagonal and 0 elsewhere. */
export function diagonalMatrix(size: number, diagonal: number): Float64Array[] {
  return Array.from({ length: size }, (_, row) => new Float64Array(size).fill(diagonal, row, row + 1));
}

/** Adds `weight` × term × term' to every place of a symmetrical matrix. */
export function addSquare(matrix: Matrix, terms: Float64Array, weight: number): void {
  matrix.forEach((row, a) => addScaled(row, terms, weight * at(terms, a)));
}

/** `row` + `factor` × `other`, in place. */
export function addScaled(row: Float64Array, other: Float64Array, factor: number): void {
  for (let place = 0; place < row.length; place += 1) row[place] = at(row, place) + factor * at(other, place);
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place += 1) sum += at(a, place) * at(b, place);
  return sum;
}

/** Solves `matrix` × x = `target` by elimination with row exchange. @throws where the matrix has no inverse */
export function solve(matrix: Matrix, target: Float64Array): Float64Array {
  const rows = matrix.map((row, index) => Float64Array.from([...row, at(target, index)]));
  for (let column = 0; column < rows.length; column += 1) {
    const pivot = takePivot(rows, column);
    for (const row of rows.slice(column + 1)) addScaled(row, pivot, -at(row, column) / at(pivot, column));
  }
  const solution = new Float64Array(rows.length);
  for (const [index, row] of [...rows.entries()].toReversed())
    solution[index] = (at(row, rows.length) - dot(solution, row)) / at(row, index);
  return solution;
}

/** Brings the row with the largest entry of a column to where it is divided by. */
function takePivot(rows: Float64Array[], column: number): Float64Array {
  const candidates = rows.slice(column);
  const sizes = candidates.map((row) => Math.abs(at(row, column)));
  const largest = column + sizes.indexOf(Math.max(...sizes));
  const [pivot, other] = [rows[largest], rows[column]];
  if (pivot === undefined || other === undefined || at(pivot, column) === 0)
    throw new Error("no single solution");
  [rows[column], rows[largest]] = [pivot, other];
  return pivot;
}

export function at(values: ArrayLike<number>, place: number): number {
  return values[place] ?? 0;
}
