import { describe } from "vitest";
import { alertsSuite } from "../../../testing/ai/alerts-suite.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";

describe("what is told of the use of models on the embedded database", () => alertsSuite(openTestDatabase));
