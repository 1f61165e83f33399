import { describe } from "vitest";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";
import { transcriptSuite } from "../../../testing/telephony/transcript-suite.ts";

describe("transcripts on the embedded database", () => transcriptSuite(openTestDatabase));
