import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { accessStreamSuite } from "../../testing/server/access-stream-suite.ts";

describe("streams and access on PostgreSQL, two nodes", () => accessStreamSuite(openTestPostgres));
