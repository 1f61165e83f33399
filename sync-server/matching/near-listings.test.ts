import { describe } from "vitest";
import { nearListingsContract } from "../../testing/contracts/near-listings.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { findInPages } from "./find-in-pages.ts";

describe("near listings, page by page on the embedded database", () =>
  nearListingsContract(async () => {
    const db = await openTestDatabase();
    return { db, openNear: async () => findInPages(db) };
  }));
