import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { adminSuite } from "../../testing/server/admin-suite.ts";

describe("administration on PostgreSQL", () => adminSuite(openTestPostgres));
