import { describe } from "vitest";
import { reportSuite } from "../../testing/coaching/report-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("coaching on the embedded database", () => reportSuite(openTestDatabase));
