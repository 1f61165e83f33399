import { describe } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { webhooksSuite } from "../../testing/telephony/webhooks-suite.ts";

describe("webhooks on PostgreSQL", () => webhooksSuite(openTestPostgres));
