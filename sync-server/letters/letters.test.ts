import { describe } from "vitest";
import { lettersSuite } from "../../testing/server/letters-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("letters on the embedded database", () => lettersSuite(openTestDatabase));
