import { describe } from "vitest";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";
import { phoneAdminSuite } from "../../../testing/server/phone-admin-suite.ts";

describe("administration of telephony on the embedded database", () => phoneAdminSuite(openTestDatabase));
