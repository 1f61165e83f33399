import { useCallback } from "react";
import { openOverlay } from "../../../../shared/rpc/contract/coaching.ts";
import { useClient } from "../../../client/hooks.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";

/** Opens the overlay. To be called straight from a click or a key: a browser opens windows for nothing else. */
export function useOpenOverlay(): () => void {
  const client = useClient();
  const toast = useToast();
  return useCallback(() => {
    // Electron opens its own, and refuses this.
    if (window.ringside) return void client.call(openOverlay, {});
    if (window.open("/overlay.html", "ringside-overlay", "popup,width=352,height=440")) return undefined;
    const text = "The browser did not let the window open. Allow pop-ups for this page and try again.";
    return toast({ text, trouble: true });
  }, [client, toast]);
}
