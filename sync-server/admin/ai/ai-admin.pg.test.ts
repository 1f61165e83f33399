import { describe } from "vitest";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";
import { aiAdminSuite } from "../../../testing/server/ai-admin-suite.ts";
import { aiRequestsSuite } from "../../../testing/server/ai-requests-suite.ts";

describe("administration of models on PostgreSQL", () => aiAdminSuite(() => openTestPostgres()));
describe("the audit of requests on PostgreSQL", () => aiRequestsSuite(() => openTestPostgres()));
