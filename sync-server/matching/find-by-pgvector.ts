import { sql, type SQL } from "drizzle-orm";
import { inSystem, inTenant, rowsOf, type Database, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { inOrder, mostNear, type Near, type NearListings, type Wish } from "./near-listings.ts";
import { isOffered, isSeenBy } from "./offers.ts";

/**
 * Where the database has pgvector it compares and orders by itself: one index for each size of vectors, over a column
 * that every database can have, so that one may gain or lose pgvector. docs/decisions/0034 says when it is used.
 */
export async function findByPgvector(db: Database): Promise<NearListings> {
  const indexed = new Set<number>();
  const expect = async (size: number) => {
    if (indexed.has(size)) return;
    await makeIndex(db, size);
    indexed.add(size);
  };
  const there = await inSystem(db, (tx) =>
    rowsOf<{ size: number }>(
      tx,
      sql`SELECT DISTINCT size FROM listing_vectors WHERE coordinates IS NOT NULL`,
    ),
  );
  for (const { size } of there) await expect(size);
  return {
    find: (asker, wish) =>
      inTenant(db, asker, async (tx) => {
        await prepare(tx);
        return inOrder(await findNearest(tx, asker, wish));
      }),
    form: "numbers",
    expect,
  };
}

/** What pgvector can index: half of the precision where there are many numbers. */
const [mostWhole, mostHalf] = [2_000, 4_000];

/** The vector of a row called `v`, as the index has it. */
function indexedAs(size: number): SQL {
  const type = size <= mostWhole ? "vector" : "halfvec";
  return sql.raw(`(v.coordinates::${type}(${size}))`);
}

/** Any number that nothing else of ours uses as an advisory lock. */
const indexLock = 7_466_004;

async function makeIndex(db: Database, size: number): Promise<void> {
  if (!Number.isInteger(size) || size < 1 || size > mostHalf) return;
  const type = size <= mostWhole ? "vector" : "halfvec";
  await db.transaction(async (tx) => {
    // Two nodes that make it at once would fail each other.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${indexLock})`);
    await tx.execute(sql`SET LOCAL client_min_messages = warning`);
    await tx.execute(
      sql.raw(`CREATE INDEX IF NOT EXISTS listing_vectors_near_${size} ON listing_vectors
        USING hnsw ((coordinates::${type}(${size})) ${type}_ip_ops) WHERE size = ${size} AND coordinates IS NOT NULL`),
    );
  });
}

/**
 * What the index finds is sorted out by organisation and by who may see it: it goes on until there is enough. Two
 * vectors compared cost some forty times what PostgreSQL believes of two values; that is no reason to compile anything.
 */
async function prepare(tx: Tx): Promise<void> {
  await tx.execute(
    sql`SELECT set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', '1000', true),
          set_config('cpu_operator_cost', '0.1', true), set_config('jit', 'off', true)`,
  );
}

function findNearest(tx: Tx, asker: Identity, { space, vector }: Wish): Promise<Near[]> {
  const size = vector.length;
  const wish = `[${vector.join()}]`;
  const distance = sql`${indexedAs(size)} <#> ${wish}`;
  return rowsOf<Near>(
    tx,
    sql`SELECT v.listing_id AS "listingId", -(v.coordinates::vector <#> ${wish}) AS likeness
        FROM listing_vectors v
        WHERE v.tenant_id = ${asker.tenantId} AND v.space = ${space} AND v.size = ${sql.raw(String(size))}
          AND v.coordinates IS NOT NULL
          -- As a join PostgreSQL would believe that hardly a listing passes, and compare all rather than ask the index.
          AND (SELECT ${isOffered} AND ${isSeenBy(asker)} FROM listings l
               WHERE l.tenant_id = v.tenant_id AND l.id = v.listing_id)
        ORDER BY ${distance} LIMIT ${mostNear}`,
  );
}
