import { describe } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { syncSuite } from "../../testing/server/sync-suite.ts";

describe("sync on the embedded database", () => syncSuite(openTestDatabase));
