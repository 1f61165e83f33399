import { describe } from "vitest";
import { ledgerSuite } from "../../../testing/ai/ledger-suite.ts";
import { limitsSuite } from "../../../testing/ai/limits-suite.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";

describe("the ledger on the embedded database", () => ledgerSuite(openTestDatabase, 40));
describe("rates, plans and sound on the embedded database", () => limitsSuite(openTestDatabase));
