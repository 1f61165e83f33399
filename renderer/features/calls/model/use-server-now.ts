import { serverClock } from "../../../../shared/rpc/contract/phone.ts";
import { useLive } from "../../../client/index.ts";
import { useNow } from "../../../ui/format/use-now.ts";

/** The present by the server's clock, by which calls are told: this machine's own may be wrong by minutes. */
export function useServerNow(everyMs = 1_000): Date {
  const now = useNow(everyMs);
  const aheadMs = useLive(serverClock, {}).value?.aheadMs ?? 0;
  return new Date(now.getTime() - aheadMs);
}
