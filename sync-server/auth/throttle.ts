import { inArray, sql } from "drizzle-orm";
import type { Clock } from "../../shared/result/ports.ts";
import { inSystem, schema, type Database } from "../database/index.ts";
import { hashOf } from "./session-token.ts";

/** Wrong sign-ins that are let through before an address, a network or both together must wait. */
const limits = {
  /** One person mistyping: a short list, which a stranger elsewhere cannot fill for them. */
  pair: { failures: 5, lockMs: 60_000 },
  /** Somebody trying many passwords from many places. */
  email: { failures: 30, lockMs: 15 * 60_000 },
  /** Somebody trying many addresses from one place; an office shares one network. */
  network: { failures: 100, lockMs: 15 * 60_000 },
} as const;
const windowMs = 15 * 60_000;

type Kind = keyof typeof limits;

/** Counts wrong passwords, codes and links in the database, so that all nodes agree. */
export type Throttle = {
  /** Seconds until another try is allowed; 0 = now. The same for addresses that nobody has. */
  waitS(email: string, ip: string): Promise<number>;
  failed(email: string, ip: string): Promise<void>;
  succeeded(email: string, ip: string): Promise<void>;
};

export function createThrottle(db: Database, clock: Clock): Throttle {
  const { signInAttempts } = schema;
  return {
    async waitS(email, ip) {
      const now = clock.now();
      const found = await db.owner
        .select({ lockedUntil: signInAttempts.lockedUntil })
        .from(signInAttempts)
        .where(inArray(signInAttempts.key, Object.values(keysOf(email, ip))));
      const until = Math.max(0, ...found.map(({ lockedUntil }) => lockedUntil?.getTime() ?? 0));
      return Math.max(0, Math.ceil((until - now) / 1000));
    },
    async failed(email, ip) {
      const now = new Date(clock.now());
      await inSystem(db, async (tx) => {
        for (const [kind, key] of sortedKeys(email, ip))
          await tx.execute(countFailure(key, now, limits[kind]));
        // Old counts of addresses that never come back.
        await tx.execute(
          sql`DELETE FROM sign_in_attempts WHERE first_at < ${new Date(now.getTime() - 4 * windowMs).toISOString()}::timestamptz`,
        );
      });
    },
    async succeeded(email, ip) {
      const { pair, email: own } = keysOf(email, ip);
      await db.owner.delete(signInAttempts).where(inArray(signInAttempts.key, [pair, own]));
    },
  };
}

/** A count begins anew when its window has passed; a lock ends by itself. */
function countFailure(key: string, now: Date, limit: { failures: number; lockMs: number }) {
  const at = now.toISOString();
  const windowStart = new Date(now.getTime() - windowMs).toISOString();
  const lockedUntil = new Date(now.getTime() + limit.lockMs).toISOString();
  return sql`
    INSERT INTO sign_in_attempts AS known (key, failures, first_at) VALUES (${key}, 1, ${at}::timestamptz)
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN known.first_at < ${windowStart}::timestamptz THEN 1 ELSE known.failures + 1 END,
      first_at = CASE WHEN known.first_at < ${windowStart}::timestamptz THEN ${at}::timestamptz ELSE known.first_at END,
      locked_until = CASE WHEN known.first_at >= ${windowStart}::timestamptz AND known.failures + 1 >= ${limit.failures}
        THEN ${lockedUntil}::timestamptz ELSE known.locked_until END`;
}

function keysOf(email: string, ip: string): Record<Kind, string> {
  const address = email.trim().toLowerCase();
  return {
    pair: hashOf(`pair ${address} ${ip}`),
    email: hashOf(`email ${address}`),
    network: hashOf(`network ${ip}`),
  };
}

/** Sorted: two failures at once must not wait for each other in a circle. */
function sortedKeys(email: string, ip: string): [Kind, string][] {
  return (Object.entries(keysOf(email, ip)) as [Kind, string][]).sort(([, a], [, b]) => (a < b ? -1 : 1));
}
