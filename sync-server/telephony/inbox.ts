import { sql } from "drizzle-orm";
import { inTenant, type Database } from "../database/index.ts";
import { untilThrough } from "./attempts.ts";
import type { Notice } from "./notices.ts";

export type Arrived = {
  tenantId: string;
  accountId: string;
  identity: string;
  notice: Notice;
  receivedAt: Date;
};

/**
 * Stores webhooks before they are answered. Those that arrive while others are being written share the next
 * transaction: at hundreds a second most of the work is the commit.
 */
export function openInbox(db: Database, stored: () => void) {
  const waiting = new Map<string, Batch>();
  const writing = new Set<string>();

  const write = async (tenantId: string): Promise<void> => {
    if (writing.has(tenantId)) return;
    writing.add(tenantId);
    await everythingReadable();
    for (let batch = take(tenantId); batch; batch = take(tenantId)) {
      await insert(db, tenantId, batch.arrived).then(batch.resolve, batch.reject);
      stored();
      await everythingReadable();
    }
    writing.delete(tenantId);
  };
  const take = (tenantId: string): Batch | undefined => {
    const batch = waiting.get(tenantId);
    waiting.delete(tenantId);
    return batch;
  };

  return {
    /** Resolves when it cannot be lost any more. One that was stored before is stored once. */
    store(arrived: Arrived): Promise<void> {
      const batch = waiting.get(arrived.tenantId) ?? newBatch();
      batch.arrived.push(arrived);
      waiting.set(arrived.tenantId, batch);
      void write(arrived.tenantId);
      return batch.done;
    },
  };
}

export type Inbox = ReturnType<typeof openInbox>;

/**
 * After every request whose bytes have come. The embedded database answers without leaving this process: a whole
 * transaction would be over before the second of sixty requests was read, and each would pay for its own.
 */
function everythingReadable(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

type Batch = { arrived: Arrived[]; done: Promise<void>; resolve(): void; reject(error: unknown): void };

function newBatch(): Batch {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { arrived: [], done: promise, resolve, reject };
}

function insert(db: Database, tenantId: string, arrived: readonly Arrived[]): Promise<void> {
  const rows = arrived.map(({ accountId, identity, notice, receivedAt }) => ({
    account_id: accountId,
    identity,
    notice,
    received_at: receivedAt.toISOString(),
  }));
  // Another node may have been told the same in another order; a carrier does not say again what was answered with a fault.
  return untilThrough(() =>
    inTenant(db, { tenantId }, async (tx) => {
      await tx.execute(
        sql`INSERT INTO webhook_inbox (tenant_id, account_id, identity, notice, received_at, due_at)
            SELECT ${tenantId}, account_id, identity, notice, received_at, received_at
            FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
              AS given (account_id text, identity text, notice jsonb, received_at timestamptz)
            ON CONFLICT DO NOTHING`,
      );
    }),
  );
}
