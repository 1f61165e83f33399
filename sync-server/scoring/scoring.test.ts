import { describe } from "vitest";
import { scoringSuite } from "../../testing/scoring/scoring-suite.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";

describe("scoring on the embedded database", () => scoringSuite(() => openTestDatabase()));
