import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { scoringSuite } from "../../testing/scoring/scoring-suite.ts";

describe("scoring on PostgreSQL", () => scoringSuite(() => openTestPostgres()));
