import type { Role } from "../../../shared/entities/setting.ts";
import { operator, type Owner } from "../../ai/accounts/index.ts";
import type { Identity } from "../../http/index.ts";
import { admins, operators } from "../route.ts";

/** Whose models an address is about: each tier has the same addresses below a path of its own. */
export type Scope = {
  path: string;
  roles: readonly Role[];
  as: "tenant" | "server";
  /** In summaries. */
  whose: string;
  ownerOf(identity: Identity): Owner;
};

export const systemScope: Scope = {
  path: "/ai/system",
  roles: operators,
  as: "server",
  whose: "of the operator",
  ownerOf: () => operator,
};

export const organisationScope: Scope = {
  path: "/ai",
  roles: admins,
  as: "tenant",
  whose: "of the organisation",
  ownerOf: ({ tenantId }) => ({ tenantId, userId: null }),
};

export const personalScope: Scope = {
  path: "/ai/own",
  roles: ["admin", "manager", "agent"],
  as: "tenant",
  whose: "of one's own",
  ownerOf: ({ tenantId, userId }) => ({ tenantId, userId }),
};

export const scopes: readonly Scope[] = [systemScope, organisationScope, personalScope];
