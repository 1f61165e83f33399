import { useLayoutEffect } from "react";
import { createChordGuard, type ChordView } from "./call-chord.ts";

/** One per window: a call goes from under the top bar to the column and back, and is the same call. */
const guard = createChordGuard();

/** For whatever shows what the chord ends or finishes: tells what it means now. */
export function useSeenByGuard(view: ChordView): void {
  useLayoutEffect(() => guard.see(view, performance.now()));
}

/** What the chord does, if it is pressed for that. */
export function ifMeant(run: () => void): () => void {
  return () => {
    if (guard.isMeant(performance.now())) run();
  };
}
