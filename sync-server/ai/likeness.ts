/** Of vectors that Ringside makes itself. */
export const ownSpace = "built-in";

/** Cosine of two vectors of length one and of the same space, -1 to 1; 0 where there is none to compare with. */
export function likenessOf(one: Float32Array, other: Float32Array | undefined): number {
  if (other === undefined) return 0;
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
