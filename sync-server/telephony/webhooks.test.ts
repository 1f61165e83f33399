import { describe } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { webhooksSuite } from "../../testing/telephony/webhooks-suite.ts";

describe("webhooks on the embedded database", () => webhooksSuite(openTestDatabase));
