import { describe } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { callsSuite } from "../../testing/telephony/calls-suite.ts";

describe("calls on the embedded database", () => callsSuite(openTestDatabase));
