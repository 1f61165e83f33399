import { useEffect } from "react";
import { browserNotices } from "../model/browser-notices.ts";
import { callerName } from "../model/call-words.ts";
import { viewPhone } from "../model/phone-view.ts";
import { usePhone } from "../model/use-phone.ts";

/** Mounted once a window: whoever rings is told to somebody who looks elsewhere, for as long as they ring. */
export function RingNotices() {
  const { incoming } = viewPhone(usePhone());
  const words = incoming && `Call: ${callerName(incoming)}`;
  useTitle(words);
  useNotification(words, incoming?.company ?? "", incoming?.callId ?? "");
  return null;
}

/** What the tab is called, in place of its own name. */
function useTitle(words: string | null): void {
  useEffect(() => {
    if (words === null) return;
    const { title } = document;
    document.title = words;
    return () => void (document.title = title);
  }, [words]);
}

function useNotification(words: string | null, body: string, callId: string): void {
  useEffect(() => {
    if (words === null || browserNotices() !== "granted") return;
    // One, from however many windows; and the phone has its own sound.
    const once = { tag: `call.${callId}`, requireInteraction: true, silent: true };
    const shown = new Notification(words, { body, ...once });
    shown.addEventListener("click", () => window.focus());
    return () => shown.close();
  }, [words, body, callId]);
}
