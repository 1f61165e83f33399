import { describe } from "vitest";
import { alertsSuite } from "../../../testing/ai/alerts-suite.ts";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";

describe("what is told of the use of models on PostgreSQL", () => alertsSuite(openTestPostgres));
