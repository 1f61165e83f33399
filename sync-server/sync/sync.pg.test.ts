import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { syncSuite } from "../../testing/server/sync-suite.ts";

describe("sync on PostgreSQL", () => syncSuite(() => openTestPostgres()));
