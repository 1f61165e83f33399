import { describe } from "vitest";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";
import { callListsSuite } from "../../../testing/telephony/call-lists-suite.ts";

describe("call lists on PostgreSQL", () => callListsSuite(openTestPostgres));
