import type { DeviceId, TeamId, TenantId, UserId } from "../../shared/entities/id.ts";
import type { Role } from "../../shared/entities/setting.ts";
import { err, ok } from "../../shared/result/result.ts";
import type { Identify, Identity, IdentityError } from "../../sync-server/http/index.ts";

export type TestPerson = { userId: UserId; name: string; role: Role; teamIds: TeamId[] };

const person = (userId: string, name: string, role: Role, teamIds: string[]): TestPerson => ({
  userId: userId as UserId,
  name,
  role,
  teamIds: teamIds as TeamId[],
});

/** Two teams; Max leads both of Ana's and Ben's colleagues, Oda leads nobody of them. */
export const people = {
  ana: person("ana", "Ana", "agent", ["north"]),
  ben: person("ben", "Ben", "agent", ["south"]),
  max: person("max", "Max", "manager", ["north", "south"]),
  admin: person("admin", "Ada", "admin", []),
} as const;
export type PersonName = keyof typeof people;

export const testTenant = "tenant-1" as TenantId;

/**
 * Sign-in in memory: tokens are made at will, and a test may change what they stand for. The real one reads the
 * database; both implement `Identify`.
 */
export function createTestIdentities() {
  const byToken = new Map<string, Identity | IdentityError>();
  let made = 0;

  return {
    identify: (async (headers) => {
      const token = headers.authorization?.replace(/^Bearer /u, "") ?? "";
      const found = byToken.get(token);
      if (found === undefined) return err({ code: "unauthorised", message: "Sign in first." });
      return "userId" in found ? ok(found) : err(found);
    }) satisfies Identify,

    /** A token for a new device of a person. */
    signIn(
      who: TestPerson,
      options: { tenantId?: string; deviceId?: string } = {},
    ): Identity & { token: string; deviceId: DeviceId } {
      made += 1;
      const token = `token-${made}`;
      const identity = {
        tenantId: (options.tenantId ?? testTenant) as TenantId,
        userId: who.userId,
        role: who.role,
        teamIds: who.teamIds,
        sessionId: `session-${made}`,
        deviceId: (options.deviceId ?? `device-${made}`) as DeviceId,
      };
      byToken.set(token, identity);
      return { ...identity, token };
    },

    /** From now on the token stands for this. */
    change(token: string, to: Partial<Identity> | IdentityError): void {
      const current = byToken.get(token);
      if (current === undefined || !("userId" in current)) throw new Error(`no such token: ${token}`);
      byToken.set(token, "code" in to ? to : { ...current, ...to });
    },
  };
}

export type TestIdentities = ReturnType<typeof createTestIdentities>;
