import { describe } from "vitest";
import { ledgerSuite } from "../../../testing/ai/ledger-suite.ts";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";

describe("the ledger on PostgreSQL", () => ledgerSuite(() => openTestPostgres(), 1_000));
