/** Words have so much in common by chance, as Ringside's own comparison counts. */
export const byChance = 0.15;
/** Of fewer nobody can tell what is usual: the farthest is taken for it. */
const fewestToTell = 5;

/**
 * How far each listing stands out among those that were compared with the same words, in the scale of `byChance`.
 * Models differ in what they call alike: with some everything has 0.7 or more in common with everything. So what half of
 * the listings have is taken for chance, and what is left up to sameness for the whole scale.
 * @param nearness by listing, -1 to 1
 */
export function standingOut(nearness: Readonly<Record<string, number>>): Record<string, number> {
  const usual = Math.max(byChance, usualOf(Object.values(nearness)));
  const room = (1 - byChance) / Math.max(1 - usual, Number.EPSILON);
  return Object.fromEntries(
    Object.entries(nearness).map(([id, near]) => [id, byChance + (near - usual) * room]),
  );
}

function usualOf(all: readonly number[]): number {
  const sorted = all.toSorted((a, b) => a - b);
  const middle = sorted.length < fewestToTell ? 0 : Math.floor(sorted.length / 2);
  return sorted[middle] ?? byChance;
}
