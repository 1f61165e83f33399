import { vi } from "vitest";

/** Tries until nothing is thrown. Vitest's own second is a guess about the machine. */
export function waitFor<T>(attempt: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(attempt, { timeout: 50_000, interval: 10 });
}
