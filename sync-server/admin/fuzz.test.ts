import { describe } from "vitest";
import { fuzzSuite } from "../../testing/server/fuzz-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("every endpoint against bad input, on the embedded database", () => fuzzSuite(openTestDatabase));
