import { describe } from "vitest";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";
import { transcriptNodesSuite, transcriptSuite } from "../../../testing/telephony/transcript-suite.ts";

describe("transcripts on PostgreSQL", () => transcriptSuite(openTestPostgres));
describe("transcripts at two nodes", () => transcriptNodesSuite(openTestPostgres));
