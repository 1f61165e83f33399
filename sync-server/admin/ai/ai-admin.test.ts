import { describe } from "vitest";
import { aiAdminSuite } from "../../../testing/server/ai-admin-suite.ts";
import { aiRequestsSuite } from "../../../testing/server/ai-requests-suite.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";

describe("administration of models on the embedded database", () => aiAdminSuite(openTestDatabase));
describe("the audit of requests on the embedded database", () => aiRequestsSuite(openTestDatabase));
