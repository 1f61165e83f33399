import { describe } from "vitest";
import { givenAwaySuite } from "../../testing/coaching/given-away-suite.ts";
import { reportSuite } from "../../testing/coaching/report-suite.ts";
import { slowModelSuite } from "../../testing/coaching/slow-model-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("coaching on the embedded database", () => reportSuite(openTestDatabase));
describe("calls given away on the embedded database", () => givenAwaySuite(openTestDatabase));
describe("reports beside a slow model", () => slowModelSuite(openTestDatabase));
