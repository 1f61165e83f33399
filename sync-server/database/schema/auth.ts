import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { tenants } from "./server.ts";

/**
 * Who may sign in, and where they belong.
 *
 * The first five tables are better-auth's; their property names are its field names. Persons, passwords and second
 * factors belong to no tenant, because somebody may work for several: a request in a tenant's name sees only the
 * names of its members. The tables after them are ours: what they say is written in one transaction with its audit
 * entry and with the settings that desks sync, which better-auth's own organisations could not do
 * (docs/decisions/0002-memberships-are-ours.md).
 */
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
const createdAt = instant("created_at").notNull().defaultNow();
const updatedAt = instant("updated_at").notNull().defaultNow();
const roles = ["operator", "admin", "manager", "agent"] as const;

export const users = pgTable("users", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** Lower case. */
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  twoFactorEnabled: boolean("two_factor_enabled").notNull().default(false),
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
    /** Null between the password and the choice of a tenant, which is one request. */
    tenantId: text("tenant_id").references(() => tenants.id, { onDelete: "cascade" }),
    /** Null in a browser. */
    deviceId: text("device_id"),
    createdAt,
    updatedAt,
  },
  (table) => [
    index("sessions_user").on(table.userId),
    index("sessions_tenant_device").on(table.tenantId, table.deviceId),
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
    /** The half minute, counted from 1970, of the newest code that was taken: that one and all before it are used up. */
    lastStep: integer("last_step"),
  },
  (table) => [uniqueIndex("two_factors_user").on(table.userId)],
);

const tenantId = () =>
  text("tenant_id")
    .notNull()
    .references(() => tenants.id, { onDelete: "cascade" });
const userId = () =>
  text("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

export const members = pgTable(
  "members",
  {
    tenantId: tenantId(),
    userId: userId(),
    role: text("role", { enum: roles }).notNull(),
    /** Set: the person stays in the history of what they did, and cannot sign in. */
    deactivatedAt: instant("deactivated_at"),
    createdAt,
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId] }),
    index("members_user").on(table.userId, table.createdAt),
  ],
);

export const teams = pgTable(
  "teams",
  { tenantId: tenantId(), id: text("id").notNull(), name: text("name").notNull(), createdAt },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("teams_name").on(table.tenantId, sql`lower(${table.name})`),
  ],
);

export const teamMembers = pgTable(
  "team_members",
  { tenantId: tenantId(), teamId: text("team_id").notNull(), userId: userId() },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.teamId, table.userId] }),
    index("team_members_user").on(table.tenantId, table.userId),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    email: text("email").notNull(),
    role: text("role", { enum: roles }).notNull(),
    teamIds: text("team_ids").array().notNull(),
    /** SHA-256 of what the link carries. */
    tokenHash: text("token_hash").notNull().unique(),
    invitedById: text("invited_by_id").notNull(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    createdAt,
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("invitations_email").on(table.tenantId, table.email),
  ],
);

/** Wrong passwords by hashed address and by network, on every node alike. */
export const signInAttempts = pgTable("sign_in_attempts", {
  key: text("key").primaryKey(),
  failures: integer("failures").notNull(),
  firstAt: instant("first_at").notNull(),
  lockedUntil: instant("locked_until"),
});
