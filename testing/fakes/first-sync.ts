/** A first sync that goes on until it is ended. */
export type FirstSync = { after(work: () => void): () => void; end(): void };

export function createFirstSync(): FirstSync {
  const waiting = new Set<() => void>();
  return {
    after(work) {
      waiting.add(work);
      return () => void waiting.delete(work);
    },
    end() {
      for (const work of waiting) work();
      waiting.clear();
    },
  };
}

/** It was over before. */
export function afterPastSync(work: () => void): () => void {
  work();
  return () => {};
}
