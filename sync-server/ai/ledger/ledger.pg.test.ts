import { describe } from "vitest";
import { ledgerSuite } from "../../../testing/ai/ledger-suite.ts";
import { limitsSuite } from "../../../testing/ai/limits-suite.ts";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";

describe("the ledger on PostgreSQL", () => ledgerSuite(() => openTestPostgres(), 1_000));
describe("rates, plans and sound on PostgreSQL", () => limitsSuite(() => openTestPostgres()));
