import { describe } from "vitest";
import { isolationSuite } from "../../testing/server/isolation-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("tenants on the embedded database", () => isolationSuite(openTestDatabase));
