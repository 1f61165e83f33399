import { boolean, index, integer, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

/**
 * Who may sign in, and where they belong. The property names of the first ten tables are better-auth's (its Drizzle
 * adapter looks fields up by them); tables with `tenant_id` are under row-level security, the others belong to
 * persons, who may be in several tenants, and are never read in a tenant's name.
 */
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const createdAt = instant("created_at").notNull().defaultNow();
const updatedAt = instant("updated_at").notNull().defaultNow();

export const users = pgTable("users", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** Lower case. */
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  twoFactorEnabled: boolean("two_factor_enabled").notNull().default(false),
  /** `operator` or null: what somebody is beyond their tenants. */
  role: text("role"),
  banned: boolean("banned").notNull().default(false),
  banReason: text("ban_reason"),
  banExpires: instant("ban_expires"),
  createdAt,
  updatedAt,
});

export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Worth nothing without the server's secret: what devices hold is this text, signed. */
    token: text("token").notNull().unique(),
    expiresAt: instant("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    /** The tenant that this session works in. */
    activeOrganizationId: text("tenant_id").references(() => tenants.id, { onDelete: "cascade" }),
    activeTeamId: text("active_team_id"),
    impersonatedBy: text("impersonated_by"),
    /** Null in a browser. */
    deviceId: text("device_id").references(() => devices.id, { onDelete: "set null" }),
    createdAt,
    updatedAt,
  },
  (table) => [
    index("sessions_user").on(table.userId),
    index("sessions_tenant").on(table.activeOrganizationId),
    index("sessions_device").on(table.deviceId),
  ],
);

export const accounts = pgTable(
  "accounts",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    refreshTokenExpiresAt: instant("refresh_token_expires_at"),
    scope: text("scope"),
    /** scrypt hash. */
    password: text("password"),
    createdAt,
    updatedAt,
  },
  (table) => [
    index("accounts_user").on(table.userId),
    uniqueIndex("accounts_provider_account").on(table.providerId, table.accountId),
  ],
);

/** Resets and second factors under way. Identifiers are stored hashed. */
export const verifications = pgTable(
  "verifications",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt,
    updatedAt,
  },
  (table) => [index("verifications_identifier").on(table.identifier)],
);

export const twoFactors = pgTable(
  "two_factors",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Encrypted with the server's secret, as are the backup codes. */
    secret: text("secret").notNull(),
    backupCodes: text("backup_codes").notNull(),
    verified: boolean("verified").notNull().default(true),
    failedVerificationCount: integer("failed_verification_count").notNull().default(0),
    lockedUntil: instant("locked_until"),
  },
  (table) => [uniqueIndex("two_factors_user").on(table.userId)],
);

/** better-auth's organisation. */
export const tenants = pgTable("tenants", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  slug: text("slug").notNull().unique(),
  logo: text("logo"),
  metadata: text("metadata"),
  /** `customer`, `operations` (where operators belong) or `demo` (anybody may become anybody on a loopback address). */
  kind: text("kind", { enum: ["customer", "operations", "demo"] })
    .notNull()
    .default("customer"),
  /** Set: nobody of the tenant can sign in or sync. */
  suspendedAt: instant("suspended_at"),
  createdAt,
});

const tenantId = () =>
  text("tenant_id")
    .notNull()
    .references(() => tenants.id, { onDelete: "cascade" });

export const members = pgTable(
  "members",
  {
    id: text("id").primaryKey(),
    organizationId: tenantId(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["operator", "admin", "manager", "agent"] }).notNull(),
    /** Set: the person stays in the history of what they did, and cannot sign in. */
    deactivatedAt: instant("deactivated_at"),
    createdAt,
  },
  (table) => [
    uniqueIndex("members_tenant_user").on(table.organizationId, table.userId),
    index("members_user").on(table.userId),
  ],
);

export const teams = pgTable(
  "teams",
  {
    id: text("id").primaryKey(),
    organizationId: tenantId(),
    name: text("name").notNull(),
    memberCount: integer("member_count").notNull().default(0),
    createdAt,
    updatedAt: instant("updated_at"),
  },
  (table) => [uniqueIndex("teams_tenant_name").on(table.organizationId, table.name)],
);

export const teamMembers = pgTable(
  "team_members",
  {
    id: text("id").primaryKey(),
    organizationId: tenantId(),
    teamId: text("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    membershipKey: text("membership_key").unique(),
    createdAt,
  },
  (table) => [
    uniqueIndex("team_members_team_user").on(table.teamId, table.userId),
    index("team_members_tenant_user").on(table.organizationId, table.userId),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    id: text("id").primaryKey(),
    organizationId: tenantId(),
    email: text("email").notNull(),
    role: text("role", { enum: ["operator", "admin", "manager", "agent"] }).notNull(),
    /** Comma-separated, as better-auth keeps several. */
    teamId: text("team_ids"),
    status: text("status", { enum: ["pending", "accepted", "cancelled"] })
      .notNull()
      .default("pending"),
    /** SHA-256 of what the link carries. */
    tokenHash: text("token_hash").notNull().unique(),
    inviterId: text("inviter_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    createdAt,
  },
  (table) => [index("invitations_tenant_email").on(table.organizationId, table.email)],
);

/** A desk of one person in one tenant. */
export const devices = pgTable(
  "devices",
  {
    id: text("id").primaryKey(),
    organizationId: tenantId(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** SHA-256 of the installation that the desk names. */
    installationHash: text("installation_hash").notNull(),
    name: text("name").notNull(),
    platform: text("platform").notNull(),
    appVersion: text("app_version").notNull(),
    /** SHA-256 of the token that it got last: tells a revoked device from a stranger, and a wiped one from both. */
    tokenHash: text("token_hash").unique(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    revokedAt: instant("revoked_at"),
    wipeRequestedAt: instant("wipe_requested_at"),
    /** When the device was told. */
    wipedAt: instant("wiped_at"),
    createdAt,
  },
  (table) => [
    uniqueIndex("devices_installation").on(table.organizationId, table.userId, table.installationHash),
  ],
);

/** Wrong passwords by hashed address and by network, on every node alike. */
export const signInAttempts = pgTable("sign_in_attempts", {
  key: text("key").primaryKey(),
  failures: integer("failures").notNull(),
  firstAt: instant("first_at").notNull(),
  lockedUntil: instant("locked_until"),
});
