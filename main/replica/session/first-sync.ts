import type { Desk } from "./open-desk.ts";

/**
 * Calls `work` once everything has been pulled at least once: at once, or at the end of the first sync.
 * @returns to forget it
 */
export function afterFirstSync(
  { feed, engine }: Pick<Desk, "feed" | "engine">,
  work: () => void,
): () => void {
  if (feed.isComplete()) {
    work();
    return () => {};
  }
  const stop = engine.onChange(() => {
    if (!feed.isComplete()) return;
    stop();
    work();
  });
  return stop;
}
