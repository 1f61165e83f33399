import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { bearer, twoFactor } from "better-auth/plugins";
import { v7 } from "uuid";
import { schema, type Database } from "../database/index.ts";

export const challengeLifeS = 600;
export const resetLinkLifeS = 3600;

/**
 * better-auth as a library: passwords, sessions and second factors. Its own HTTP endpoints are not served: ours
 * (routes.ts) add tenants, devices, lockout on all nodes and typed errors.
 *
 * @param secret signs tokens and encrypts second factors: at least 32 random characters, the same on every node
 */
export function createBetterAuth(db: Database, secret: string) {
  const { users, sessions, accounts, verifications, twoFactors } = schema;
  return betterAuth({
    appName: "Ringside",
    secret,
    // Names no address that anybody is sent to: required, and used for cookies that never leave this process.
    baseURL: "http://localhost",
    database: drizzleAdapter(db.owner, {
      provider: "pg",
      schema: {
        user: users,
        session: sessions,
        account: accounts,
        verification: verifications,
        twoFactor: twoFactors,
      },
    }),
    emailAndPassword: {
      enabled: true,
      // People come by invitation.
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: resetLinkLifeS,
      revokeSessionsOnPasswordReset: true,
    },
    session: {
      expiresIn: 30 * 86_400,
      disableSessionRefresh: true,
      additionalFields: {
        tenantId: { type: "string", required: false, input: false },
        deviceId: { type: "string", required: false, input: false },
      },
    },
    verification: { storeIdentifier: "hashed" },
    advanced: { database: { generateId: () => v7() } },
    // Ours counts failures in the database (throttle.ts); this one counts per process and only over HTTP.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // It logs addresses of failed sign-ins; what happened is in our own logs and audit.
    logger: { disabled: true },
    plugins: [
      bearer(),
      twoFactor({
        issuer: "Ringside",
        twoFactorCookieMaxAge: challengeLifeS,
        accountLockout: { maxFailedAttempts: 10 },
      }),
    ],
  });
}

export type BetterAuth = ReturnType<typeof createBetterAuth>;
