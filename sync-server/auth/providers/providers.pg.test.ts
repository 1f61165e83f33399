import { describe } from "vitest";
import { openTestPostgres } from "../../../testing/postgres/open-test-postgres.ts";
import { identityProviderSuite } from "../../../testing/server/identity-provider-suite.ts";

describe("identity providers on PostgreSQL", () => identityProviderSuite(openTestPostgres));
