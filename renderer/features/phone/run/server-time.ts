import { serverClock } from "../../../../shared/rpc/contract/phone.ts";
import type { Clock } from "../../../../shared/result/ports.ts";
import type { Client } from "../../../client/index.ts";

/**
 * The present by the server's clock. Carriers, records and access to the line tell their times by that one, and so does
 * this phone: by a machine's own, which may be hours off, wrap-up would be over as it began and fresh access be old.
 */
export function followServerTime(
  client: Pick<Client, "watch">,
  clock: Clock,
): { clock: Clock; stop: () => void } {
  let aheadMs = 0;
  const stop = client.watch(serverClock, {}, (told) => (aheadMs = told.aheadMs));
  return { clock: { now: () => clock.now() - aheadMs }, stop };
}
