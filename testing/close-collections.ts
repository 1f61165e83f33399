import { OPEN_COLLECTIONS } from "rxdb";
import { afterAll } from "vitest";

// Vitest runs this before each file. RxDB's free edition opens 13 collections in a process, and files share theirs: what
// one leaves open would be missing for the others.
afterAll(async () => {
  const databases = new Set(Array.from(OPEN_COLLECTIONS, ({ database }) => database));
  await Promise.allSettled(Array.from(databases, (database) => database.close()));
  OPEN_COLLECTIONS.clear();
});
