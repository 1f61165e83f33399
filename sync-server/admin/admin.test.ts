import { describe } from "vitest";
import { adminSuite } from "../../testing/server/admin-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("administration on the embedded database", () => adminSuite(openTestDatabase));
