import type { Job } from "../jobs/index.ts";
import { CarrierTrouble } from "./carrier-trouble.ts";
import type { TelephonyDeps } from "./deps.ts";

/** Job: takes down a leg that was dialled a second time because the first answer was lost. */
export async function hangUpStray({ accounts }: TelephonyDeps, { key: sid, payload }: Job): Promise<void> {
  const connected = await accounts.byId(String(payload["accountId"]));
  const hungUp = await (await connected?.line())?.hangUp(sid);
  if (hungUp && !hungUp.ok && hungUp.error.why === "unreachable") throw new CarrierTrouble(hungUp.error);
}
