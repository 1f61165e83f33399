import { useCallback, useState } from "react";
import { placeOf, type KeptRow } from "./cursor.ts";

/**
 * The row that keys act on in a list that is here whole, while others come and go around it.
 * @returns its place, the first while none is kept; what keeps another one, or none; whether one is kept
 */
export function useKeptRow(
  ids: readonly string[],
): [place: number, keep: (id: string | null) => void, isKept: boolean] {
  const [kept, setKept] = useState<KeptRow | null>(null);
  const place = placeOf(kept, ids);
  const here = ids[place];
  // Where it stands now is where it is missed once it goes; then whoever took its place is kept as it was.
  if (kept && here !== undefined && (kept.id !== here || kept.place !== place)) setKept({ id: here, place });
  const keep = useCallback((id: string | null) => setKept(id === null ? null : { id, place: 0 }), []);
  return [place, keep, kept !== null];
}
