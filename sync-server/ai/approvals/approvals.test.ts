import { describe } from "vitest";
import { approvalSuite } from "../../../testing/server/approval-suite.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";

describe("approvals on the embedded database", () => approvalSuite(openTestDatabase));
