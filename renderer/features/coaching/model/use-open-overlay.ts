import { useCallback } from "react";
import type { Client } from "../../../../shared/rpc/client.ts";
import { openOverlay } from "../../../../shared/rpc/contract/coaching.ts";
import { useClient } from "../../../client/hooks.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";

const size = { width: 352, height: 440 };

/** Opens the overlay. To be called straight from a click or a key: a browser opens windows for nothing else. */
export function useOpenOverlay(): () => void {
  const client = useClient();
  const toast = useToast();
  return useCallback(() => {
    // Electron opens its own, and refuses this.
    if (window.ringside) return void client.call(openOverlay, {});
    void openInBrowser(client).then((opened) => {
      const text = "The browser did not let the window open. Allow pop-ups for this page and try again.";
      if (!opened) toast({ text, trouble: true });
    });
    return undefined;
  }, [client, toast]);
}

/** Above all other windows where the browser offers that; otherwise as a pop-up, which others may cover. */
async function openInBrowser(client: Client): Promise<boolean> {
  const { documentPictureInPicture: onTop } = window as WindowOnTop;
  if (onTop?.window) return true;
  const view = await onTop?.requestWindow({ ...size, disallowReturnToOpener: true }).catch(() => null);
  if (!view) return openPopUp() !== null;
  const { drawOnTop } = await import("../overlay/open-on-top.tsx");
  // Nobody would tell what is drawn into a window closed meanwhile to go: it would count as shown for good.
  if (!view.closed) drawOnTop(view, client);
  return true;
}

function openPopUp(): Window | null {
  return window.open("/overlay.html", "ringside-overlay", `popup,width=${size.width},height=${size.height}`);
}

/** Chromium has it (https://wicg.github.io/document-picture-in-picture); one window for each page. */
type WindowOnTop = Window & {
  documentPictureInPicture?: {
    window: Window | null;
    requestWindow(options: typeof size & { disallowReturnToOpener: boolean }): Promise<Window>;
  };
};
