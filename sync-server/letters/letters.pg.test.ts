import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { lettersSuite } from "../../testing/server/letters-suite.ts";

describe("letters on PostgreSQL", () => lettersSuite(openTestPostgres));
