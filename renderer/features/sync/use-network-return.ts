import { useEffect } from "react";
import { syncNow } from "../../../shared/rpc/contract/sync.ts";
import { useCommand } from "../../client/index.ts";

/** Tries the server at once when the machine has a network again: after a long time away the next try is a minute off. */
export function useNetworkReturn(): void {
  const tryNow = useCommand(syncNow);
  useEffect(() => {
    const onReturn = () => void tryNow({});
    window.addEventListener("online", onReturn);
    return () => window.removeEventListener("online", onReturn);
  }, [tryNow]);
}
