import { describe } from "vitest";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";
import { approvalSuite } from "../../../testing/server/approval-suite.ts";

describe("approvals on PostgreSQL", () => approvalSuite(openTestPostgres));
