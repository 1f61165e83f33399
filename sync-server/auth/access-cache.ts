import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Clock } from "../../shared/result/ports.ts";
import { inSystem, schema, type Database, type Tx } from "../database/index.ts";
import { announceIdentityChange } from "../sync/index.ts";

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
  close(): Promise<void>;
};

/** What the triggers of the tables of access say; `userId` null = everybody of the tenant. */
const AccessChange = z.object({ tenantId: z.string(), userId: z.string().nullable() });
type AccessChange = z.infer<typeof AccessChange>;

export async function openAccessCache<T>(
  db: Database,
  clock: Clock,
  onError: (error: unknown) => void,
): Promise<AccessCache<T>> {
  const entries = new Map<string, { value: T; tenantId: string; untilMs: number }>();
  let generation = 0;
  const announcing = new Set<Promise<void>>();

  const onChange = (payload: string) => {
    const change = readAccessChange(payload);
    if (change === null) return onGap();
    generation += 1;
    for (const [key, entry] of entries) if (entry.tenantId === change.tenantId) entries.delete(key);
    const announced = announceToStreams(db, change).catch(onError);
    announcing.add(announced);
    void announced.finally(() => announcing.delete(announced));
  };
  const onGap = () => {
    generation += 1;
    entries.clear();
  };
  const stop = await db.listen("ringside_access", onChange, onGap);

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
    async close() {
      await stop();
      await Promise.all(announcing);
    },
  };
}

/** @returns null where a node of another version says something else: thrown here it would end this one */
function readAccessChange(payload: string): AccessChange | null {
  try {
    return AccessChange.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Open streams ask again who they belong to. Announced by each node after it has forgotten, not by the trigger:
 * notifications of two channels overtake each other, and a stream that asks too early would hear the old answer.
 */
async function announceToStreams(db: Database, { tenantId, userId }: AccessChange): Promise<void> {
  await inSystem(db, async (tx) => {
    const people = userId === null ? await readUserIds(tx, tenantId) : [userId];
    for (const person of people) await announceIdentityChange(tx, { tenantId, userId: person });
  });
}

async function readUserIds(tx: Tx, tenantId: string): Promise<string[]> {
  const { members } = schema;
  const found = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(eq(members.tenantId, tenantId));
  return found.map((member) => member.userId);
}
