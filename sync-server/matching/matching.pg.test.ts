import { describe } from "vitest";
import { matchingSuite } from "../../testing/matching/matching-suite.ts";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";

describe("matching on PostgreSQL", () => matchingSuite(() => openTestPostgres()));
