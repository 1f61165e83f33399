import type { Clock } from "../../../shared/result/ports.ts";
import type { Database } from "../../database/index.ts";

/** As long as an answer may be used, should a notice ever get lost; plans and industries are not announced. */
const freshMs = 10_000;
const mostTenants = 5_000;

/** Announced by triggers of everything that admins and the operator set up (migration 0024). */
const channel = "ringside_ai";

export type Remembered<T> = {
  get(tenantId: string): Promise<T>;
  /** Tells whose set-up has changed; "" = the operator's, or any. */
  onChange(hear: (tenantId: string) => void): void;
  stop(): Promise<void>;
};

/** What is read of a tenant's set-up, until it or the operator's changes on any node. */
export async function openRemembered<T>(
  { db, clock }: { db: Database; clock: Clock },
  read: (tenantId: string) => Promise<T>,
): Promise<Remembered<T>> {
  const known = new Map<string, { untilMs: number; value: Promise<T> }>();
  const listeners: ((tenantId: string) => void)[] = [];
  const forget = (tenantId: string) => {
    if (tenantId === "") known.clear();
    else known.delete(tenantId);
    for (const hear of listeners) hear(tenantId);
  };
  const stop = await db.listen(channel, forget, () => forget(""));
  return {
    get(tenantId) {
      const found = known.get(tenantId);
      if (found && found.untilMs > clock.now()) return found.value;
      if (known.size >= mostTenants) known.clear();
      const value = read(tenantId);
      // What was read while something changed is forgotten with it: it stands here from before it was asked for.
      known.set(tenantId, { untilMs: clock.now() + freshMs, value });
      value.catch(() => known.get(tenantId)?.value === value && known.delete(tenantId));
      return value;
    },
    onChange: (hear) => void listeners.push(hear),
    stop,
  };
}
