import { describe } from "vitest";
import { bulkSuite } from "../../../testing/ai/bulk-suite.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";

describe("batches on the embedded database", () => bulkSuite(openTestDatabase));
