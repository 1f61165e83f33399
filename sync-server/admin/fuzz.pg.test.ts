import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { fuzzSuite } from "../../testing/server/fuzz-suite.ts";

describe("every endpoint against bad input, on PostgreSQL", () => fuzzSuite(openTestPostgres));
