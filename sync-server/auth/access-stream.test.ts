import { describe } from "vitest";
import { accessStreamSuite } from "../../testing/server/access-stream-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("streams and access on the embedded database", () => accessStreamSuite(openTestDatabase));
