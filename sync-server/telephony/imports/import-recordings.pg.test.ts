import { describe } from "vitest";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";
import { importSuite } from "../../../testing/telephony/import-suite.ts";

describe("recordings on PostgreSQL", () => importSuite(() => openTestPostgres()));
