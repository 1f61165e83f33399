/** A recording that somebody would hear. @property atMs when its call began @property sizeBytes as far as it is known */
export type WantedRecording = { key: string; callId: string; atMs: number; sizeBytes: number };

/** A recording that is on this computer. @property heard somebody asked for it: it stays as long as its call does */
export type KeptRecording = WantedRecording & { heard: boolean };

export type Choice<Wanted, Kept> = {
  /** To be removed, oldest first. */
  drop: Kept[];
  /** To be fetched next; null = all that there is room for is here. */
  fetch: Wanted | null;
};

/**
 * Which recordings nobody has heard yet are to be on this computer. Invariants (choose-recordings.test.ts):
 * - what is to be here takes no more than the limit, which counts nothing that was heard;
 * - newer calls come first: an older one has only the room that newer ones leave;
 * - what was heard is never dropped, and what nobody would review any more goes only where room is needed;
 * - fetching and dropping as it says comes to an end.
 */
export function chooseRecordings<Wanted extends WantedRecording, Kept extends KeptRecording>(
  wanted: readonly Wanted[],
  kept: readonly Kept[],
  limitBytes: number,
): Choice<Wanted, Kept> {
  const keptByKey = new Map(kept.map((one) => [one.key, one]));
  const unheard = kept.filter(({ heard }) => !heard).toSorted(newestFirst);
  const room = createRoom(limitBytes);
  const missing: Wanted[] = [];
  for (const one of wanted.toSorted(newestFirst)) {
    const here = keptByKey.get(one.key);
    if (here?.heard) continue;
    if (room.take(one.key, (here ?? one).sizeBytes) && !here) missing.push(one);
  }
  const drop = unheard.filter(({ key, sizeBytes }) => !room.take(key, sizeBytes));
  return { drop: drop.toReversed(), fetch: missing[0] ?? null };
}

function createRoom(limitBytes: number) {
  let leftBytes = limitBytes;
  const taken = new Set<string>();
  return {
    /** @returns whether it has its place */
    take(key: string, sizeBytes: number): boolean {
      if (taken.has(key)) return true;
      if (sizeBytes > leftBytes) return false;
      leftBytes -= sizeBytes;
      taken.add(key);
      return true;
    },
  };
}

/** By their keys where they began together, so that every look has the same order. */
function newestFirst(a: WantedRecording, b: WantedRecording): number {
  return b.atMs - a.atMs || (a.key < b.key ? -1 : 1);
}
