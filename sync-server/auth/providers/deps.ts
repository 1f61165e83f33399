import type { Sealer } from "../../seal.ts";
import type { AuthDeps } from "../deps.ts";
import type { OpenId } from "./openid.ts";
import type { ProviderRecords } from "./provider-records.ts";

export type ProviderDeps = AuthDeps & { records: ProviderRecords; openId: OpenId; sealer: Sealer };

/** Below the server's own address: where a provider sends people back to, and what they are asked there. */
export const pagesPath = "/sign-in";

/** Of its own for each provider, so that no provider can pass off its answer as another's. */
export function redirectUriOf(publicUrl: string, providerId: string): string {
  return `${publicUrl}${pagesPath}/${providerId}/callback`;
}
