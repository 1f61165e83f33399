import { setTimeout as sleep } from "node:timers/promises";

/** Tries until it neither throws nor is undefined. @throws what it threw last, after a minute */
export async function eventually<T>(
  read: () => Promise<T | undefined> | T | undefined,
  everyMs = 20,
): Promise<T> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const found = await Promise.resolve()
      .then(read)
      .catch((error: unknown) => {
        if (performance.now() > deadline) throw error;
      });
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`still not so: ${read.toString()}`);
    await sleep(everyMs);
  }
}
