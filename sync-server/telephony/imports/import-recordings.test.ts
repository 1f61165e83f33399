import { describe } from "vitest";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";
import { importSuite } from "../../../testing/telephony/import-suite.ts";

describe("recordings on the embedded database", () => importSuite(openTestDatabase));
