import { describe } from "vitest";
import { identityProviderSuite } from "../../../testing/server/identity-provider-suite.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";

describe("identity providers on the embedded database", () => identityProviderSuite(openTestDatabase));
