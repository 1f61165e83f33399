import { describe } from "vitest";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";
import { streamSuite } from "../../../testing/server/stream-suite.ts";

describe("stream on PostgreSQL", () => streamSuite(() => openTestPostgres()));
