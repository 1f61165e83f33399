import { boolean, index, pgTable, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./auth.ts";
import { tenants } from "./server.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
const tenantId = () =>
  text("tenant_id")
    .notNull()
    .references(() => tenants.id, { onDelete: "cascade" });

/** Where people of a tenant prove who they are instead of by a password of ours: OpenID providers. */
export const identityProviders = pgTable(
  "identity_providers",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** On the button. */
    name: text("name").notNull(),
    issuer: text("issuer").notNull(),
    /** Empty until the provider has given one: it wants our address first. */
    clientId: text("client_id").notNull().default(""),
    /** Sealed (../../seal.ts) under the key that `keyId` names; null = a client that keeps no secret. */
    clientSecret: text("client_secret"),
    keyId: text("key_id"),
    /** What somebody unknown of its domains becomes; null = whoever was not invited stays out. */
    joinsAs: text("joins_as", { enum: ["manager", "agent"] }),
    enabled: boolean("enabled").notNull().default(false),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("identity_providers_id").on(table.id),
  ],
);

/** E-mail domains, each of one provider on the whole server: what somebody types leads to one place. */
export const identityProviderDomains = pgTable(
  "identity_provider_domains",
  {
    tenantId: tenantId(),
    providerId: text("provider_id").notNull(),
    /** Lower case. */
    domain: text("domain").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.domain] }),
    uniqueIndex("identity_provider_domains_domain").on(table.domain),
    index("identity_provider_domains_provider").on(table.tenantId, table.providerId),
  ],
);

/** Who somebody is at an issuer: from the second time on their address there does not matter. */
export const identityLinks = pgTable(
  "identity_links",
  {
    tenantId: tenantId(),
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.issuer, table.subject] }),
    // An address that was given to somebody else must not open what its first owner had.
    uniqueIndex("identity_links_person").on(table.tenantId, table.issuer, table.userId),
  ],
);

/** Sign-ins that are at a provider now, for some minutes. */
export const providerSignIns = pgTable(
  "provider_sign_ins",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    providerId: text("provider_id").notNull(),
    /** SHA-256 of what comes back in the address. */
    stateHash: text("state_hash").notNull(),
    nonce: text("nonce").notNull(),
    /** The verifier of PKCE, sealed. */
    pkce: text("pkce").notNull(),
    /** SHA-256 of the cookie of the browser that began; null where a desk did. */
    browserHash: text("browser_hash"),
    /** SHA-256 of what only the desk that began knows; null where a browser did. */
    deskHash: text("desk_hash"),
    /** Shown on the desk and in the browser, for the person to compare. Empty for browsers. */
    code: text("code").notNull().default(""),
    deskName: text("desk_name").notNull().default(""),
    expiresAt: instant("expires_at").notNull(),
    /** The provider's answer came; it counts once. */
    answeredAt: instant("answered_at"),
    /** Who it is, once the provider has said so. */
    userId: text("user_id"),
    /** SHA-256 of what the page that asks the person carries. */
    confirmHash: text("confirm_hash"),
    confirmedAt: instant("confirmed_at"),
    /** A sentence for the person, where it came to nothing. */
    failure: text("failure"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("provider_sign_ins_id").on(table.id),
    uniqueIndex("provider_sign_ins_state").on(table.stateHash),
    uniqueIndex("provider_sign_ins_confirm").on(table.confirmHash),
  ],
);
