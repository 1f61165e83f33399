/** A number that another program wants called: the desk asks the person first. */
export type DialPrompt = { prompt: { promptId: string; to: string } | null };

export type DialPrompts = {
  current(): DialPrompt;
  open(to: string): void;
  close(promptId: string): void;
  onChange(listener: (prompt: DialPrompt) => void): () => void;
};

/** Kept rather than told once: the window that will ask may still be opening. The latest number counts. */
export function createDialPrompts(newId: () => string): DialPrompts {
  const listeners = new Set<(prompt: DialPrompt) => void>();
  let current: DialPrompt = { prompt: null };
  const show = (next: DialPrompt) => {
    current = next;
    for (const tell of listeners) tell(current);
  };
  return {
    current: () => current,
    open: (to) => show({ prompt: { promptId: newId(), to } }),
    close(promptId) {
      if (current.prompt?.promptId === promptId) show({ prompt: null });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
