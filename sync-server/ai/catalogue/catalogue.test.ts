import { describe } from "vitest";
import { catalogueSuite } from "../../../testing/ai/catalogue-suite.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";

describe("models and keys on the embedded database", () => catalogueSuite(openTestDatabase));
