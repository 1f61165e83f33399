import { describe } from "vitest";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";
import { callListsSuite } from "../../../testing/telephony/call-lists-suite.ts";

describe("call lists on the embedded database", () => callListsSuite(openTestDatabase));
