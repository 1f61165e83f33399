import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { callsSuite } from "../../testing/telephony/calls-suite.ts";

describe("calls on PostgreSQL", () => callsSuite(openTestPostgres));
