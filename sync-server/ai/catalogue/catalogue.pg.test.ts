import { describe } from "vitest";
import { catalogueSuite } from "../../../testing/ai/catalogue-suite.ts";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";

describe("models and keys on PostgreSQL", () => catalogueSuite(() => openTestPostgres()));
