import type { Clock } from "../../shared/result/ports.ts";
import type { Database } from "../database/index.ts";

/** As long as an answer may be used without asking again, should a NOTIFY ever get lost. */
const freshMs = 5_000;
const mostEntries = 20_000;

/**
 * Remembers for a moment what the database said about a token. Every change of access (a session ended, a role, a
 * team, a suspended tenant) is announced by a trigger to all nodes, which then forget that tenant at once.
 */
export type AccessCache<T> = {
  /** What is remembered, or what `read` says; `tenantOf` null = not to be remembered. */
  get(key: string, read: () => Promise<T>, tenantOf: (value: T) => string | null): Promise<T>;
  /** Forgets everything about a tenant on this node now, and calls `onChange`. */
  forget(tenantId: string): void;
  close(): Promise<void>;
};

/** @param onChange told which tenant's access changed; null = any, because messages may have been missed */
export async function openAccessCache<T>(
  db: Database,
  clock: Clock,
  onChange: (tenantId: string | null) => void,
): Promise<AccessCache<T>> {
  const entries = new Map<string, { value: T; tenantId: string; untilMs: number }>();
  let generation = 0;

  const forget = (tenantId: string) => {
    generation += 1;
    for (const [key, entry] of entries) if (entry.tenantId === tenantId) entries.delete(key);
    onChange(tenantId);
  };
  const forgetAll = () => {
    generation += 1;
    entries.clear();
    onChange(null);
  };
  const stop = await db.listen("ringside_access", forget, forgetAll);

  return {
    async get(key, read, tenantOf) {
      const known = entries.get(key);
      if (known && known.untilMs > clock.now()) return known.value;
      const startedIn = generation;
      const value = await read();
      const tenantId = tenantOf(value);
      // What was read while something changed may be older than the change.
      if (tenantId !== null && generation === startedIn) {
        if (entries.size >= mostEntries) entries.clear();
        entries.set(key, { value, tenantId, untilMs: clock.now() + freshMs });
      }
      return value;
    },
    forget,
    close: stop,
  };
}
