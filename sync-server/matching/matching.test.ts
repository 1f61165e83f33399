import { describe } from "vitest";
import { matchingSuite } from "../../testing/matching/matching-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("matching on the embedded database", () => matchingSuite(openTestDatabase));
