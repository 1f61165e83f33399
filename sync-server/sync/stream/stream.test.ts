import { describe } from "vitest";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";
import { streamSuite } from "../../../testing/server/stream-suite.ts";

describe("stream on the embedded database", () => streamSuite(openTestDatabase));
