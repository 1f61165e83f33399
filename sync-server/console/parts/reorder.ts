/** The same ids with one of them at another place. `index` counts places after it was taken out. */
export function moveTo(ids: readonly string[], id: string, index: number): string[] {
  if (!ids.includes(id)) return [...ids];
  const others = ids.filter((other) => other !== id);
  const place = Math.max(0, Math.min(others.length, index));
  return others.toSpliced(place, 0, id);
}

/** Dropped on another: takes its place, and the others close up. */
export function dropOn(ids: readonly string[], id: string, onto: string): string[] {
  return moveTo(ids, id, ids.indexOf(onto));
}

export function isSameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
