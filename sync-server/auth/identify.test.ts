import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../shared/result/ports.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { addPerson, mintToken, secret } from "../../testing/server/start-auth-server.ts";
import type { Database } from "../database/index.ts";
import { createIdentify } from "./identify.ts";

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

test("on a full disk a session that would be prolonged is known all the same", async () => {
  await addPerson(db, { id: "ana", tenantId: "north", role: "agent", hash: "none" });
  const token = await mintToken(db, "ana", "north");
  await db.owner.execute(sql`UPDATE sessions SET expires_at = now() + interval '1 hour'`);
  const full: Database = {
    ...db,
    isFull: () => true,
    transaction: (work) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`SET TRANSACTION READ ONLY`);
        return work(tx);
      }),
  };
  const cache = { get: (_key: string, read: () => Promise<never>) => read(), close: async () => {} };
  const identify = createIdentify({ db: full, clock: systemClock, secret, cache: cache as never });
  const found = await identify({ authorization: `Bearer ${token}` });
  expect(found).toMatchObject({ ok: true, value: { userId: "ana", role: "agent" } });
});
