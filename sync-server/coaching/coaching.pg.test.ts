import { describe } from "vitest";
import { reportSuite } from "../../testing/coaching/report-suite.ts";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";

describe("coaching on PostgreSQL", () => reportSuite(() => openTestPostgres()));
