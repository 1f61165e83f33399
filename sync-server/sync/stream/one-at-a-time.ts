/**
 * Runs `work` for a key at most once at a time. Asked again meanwhile, it runs once more after that, however often
 * it was asked: the last run always began after the last question.
 */
export function oneAtATime(work: (key: string) => Promise<void>, onError: (error: unknown) => void) {
  const running = new Map<string, { again: boolean }>();

  return async function ask(key: string): Promise<void> {
    const current = running.get(key);
    if (current) {
      current.again = true;
      return;
    }
    const state = { again: true };
    running.set(key, state);
    while (state.again) {
      state.again = false;
      await work(key).catch(onError);
    }
    running.delete(key);
  };
}
