import { describe } from "vitest";
import { aiAdminSuite } from "../../../testing/server/ai-admin-suite.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";

describe("administration of models on the embedded database", () => aiAdminSuite(openTestDatabase));
