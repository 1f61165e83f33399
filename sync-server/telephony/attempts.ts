import { LostRace } from "../sync/index.ts";

const mostAttempts = 8;
/** Serialisation failure, deadlock, or somebody who made the same row first. */
const transientCodes: ReadonlySet<unknown> = new Set(["40001", "40P01", "23505"]);

/** Begins a transaction again where another one was in its way; nothing of a failed attempt remains. */
export async function untilThrough<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === mostAttempts || !isTransient(error)) throw error;
    }
  }
}

/** Whether another transaction was in the way, so that the same work may succeed. */
export function isTransient(error: unknown): boolean {
  const { cause, code } = error as { cause?: { code?: unknown }; code?: unknown };
  return error instanceof LostRace || transientCodes.has(code) || transientCodes.has(cause?.code);
}
