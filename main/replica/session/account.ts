import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { DeviceId } from "../../../shared/entities/id.ts";
import { Role } from "../../../shared/entities/setting.ts";
import type { SessionInfo } from "../../../shared/sync/session-wire.ts";
import { TeamId, TenantId, UserId } from "../../../shared/entities/id.ts";

/** Who works on this data folder, as the server last said: enough to open the desk without it. */
export const Account = z.strictObject({
  serverUrl: z.string(),
  deviceId: DeviceId,
  tenant: z.strictObject({ id: TenantId, name: z.string() }),
  person: z.strictObject({
    userId: UserId,
    name: z.string(),
    email: z.string(),
    role: Role,
    teamIds: z.array(TeamId),
  }),
});
export type Account = z.infer<typeof Account>;

/** Null where the server gave the session no device: nothing could be synced with it. */
export function accountOf(serverUrl: string, session: SessionInfo): Account | null {
  const { deviceId, tenant, user, role, teamIds } = session;
  if (deviceId === null) return null;
  return {
    serverUrl,
    deviceId,
    tenant,
    person: { userId: user.id, name: user.name, email: user.email, role, teamIds },
  };
}

/** One person of one tenant on one server; never the same for two ([SES-4]). */
export function accountKey({ serverUrl, tenant, person }: Account): string {
  return createHash("sha256")
    .update(JSON.stringify([serverUrl, tenant.id, person.userId]))
    .digest("hex")
    .slice(0, 24);
}

/** Names of what a person's desk keeps in the keychain. */
export function secretNames(account: Account): { token: string; journalKey: string } {
  const key = accountKey(account);
  return { token: `token.${key}`, journalKey: `journal-key.${key}` };
}

/** `callsAside`: a file beside the unsent edits, with which it stays when the person signs out. */
export type AccountFolders = { root: string; database: string; journal: string; callsAside: string };

export function foldersOf(dataDir: string, account: Account): AccountFolders {
  const root = join(dataDir, "replicas", accountKey(account));
  const journal = join(root, "journal");
  return { root, database: join(root, "database"), journal, callsAside: join(journal, "calls-aside") };
}
