import type { IncomingHttpHeaders } from "node:http";
import type { DeviceId, TeamId, TenantId, UserId } from "../../shared/entities/id.ts";
import type { Role } from "../../shared/entities/setting.ts";
import type { Result } from "../../shared/result/result.ts";

/** Who a request comes from, as the database says at this moment. */
export type Identity = {
  tenantId: TenantId;
  userId: UserId;
  role: Role;
  teamIds: readonly TeamId[];
  sessionId: string;
  /** Null in a browser: it syncs nothing. */
  deviceId: DeviceId | null;
};

/** A desk, as opposed to a browser. */
export type DeviceIdentity = Identity & { deviceId: DeviceId };

/** Why there is nobody: `revoked` and `wiped` tell a desk what to do with what it holds ([SES-2], [SES-3]). */
export type IdentityError = { code: "unauthorised" | "revoked" | "wiped"; message: string };

/** What sign-in provides to everything else: reads the bearer token (or a browser's cookie) of a request. */
export type Identify = (headers: IncomingHttpHeaders) => Promise<Result<Identity, IdentityError>>;
