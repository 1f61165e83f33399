import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { isolationSuite } from "../../testing/server/isolation-suite.ts";

describe("tenants on PostgreSQL", () => isolationSuite(() => openTestPostgres()));
