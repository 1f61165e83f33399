import { describe } from "vitest";
import { ledgerSuite } from "../../../testing/ai/ledger-suite.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";

describe("the ledger on the embedded database", () => ledgerSuite(openTestDatabase, 40));
