import { describe } from "vitest";
import { authSuite } from "../../testing/server/auth-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("sign-in on the embedded database", () => authSuite(openTestDatabase));
