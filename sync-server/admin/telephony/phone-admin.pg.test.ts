import { describe } from "vitest";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";
import { phoneAdminSuite } from "../../../testing/server/phone-admin-suite.ts";

describe("administration of telephony on PostgreSQL", () => phoneAdminSuite(openTestPostgres));
