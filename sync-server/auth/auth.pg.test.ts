import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { authSuite } from "../../testing/server/auth-suite.ts";

describe("sign-in on PostgreSQL", () => authSuite(openTestPostgres));
