import type { Timers } from "../../shared/result/ports.ts";

/** Whoever waits in this process for word of something by its name. */
export function createAwaited({ timers }: { timers: Timers }) {
  const waiting = new Map<string, Set<() => void>>();
  const tell = (name: string): void => {
    for (const wake of waiting.get(name) ?? []) wake();
  };

  return {
    tell,
    /** Word may have been lost: everybody looks for themselves. */
    tellAll(): void {
      for (const name of waiting.keys()) tell(name);
    },
    /** Word that comes between two calls of `next` is kept. */
    open(name: string, withinMs: number) {
      let told = false;
      let late = false;
      let wake = () => {};
      const hear = () => {
        told = true;
        wake();
      };
      const cancel = timers.after(withinMs, () => {
        late = true;
        wake();
      });
      waiting.set(name, (waiting.get(name) ?? new Set()).add(hear));
      return {
        /** @returns false: there was no word in time */
        async next(): Promise<boolean> {
          if (!told && !late) await new Promise<void>((resolve) => (wake = resolve));
          const wasTold = told;
          told = false;
          return wasTold && !late;
        },
        close(): void {
          cancel();
          const others = waiting.get(name);
          others?.delete(hear);
          if (others?.size === 0) waiting.delete(name);
        },
      };
    },
  };
}
