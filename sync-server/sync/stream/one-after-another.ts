/** Does what is asked for of a key one after another, in the order in which it was asked for. */
export function oneAfterAnother() {
  const last = new Map<string, Promise<unknown>>();

  return async function run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = last.get(key) ?? Promise.resolve();
    const own = before.then(work, work);
    last.set(key, own);
    try {
      return await own;
    } finally {
      if (last.get(key) === own) last.delete(key);
    }
  };
}
