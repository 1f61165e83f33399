import { openPhone } from "../../../shared/rpc/contract/phone.ts";
import type { Client } from "../../client/index.ts";

/** One name each: opening it again brings the same window to the front. */
const places = {
  phone: { url: "/phone.html", name: "ringside-phone", size: "popup,width=380,height=260" },
  "mini-phone": { url: "/mini-phone", name: "ringside-mini-phone", size: "popup,width=360,height=72" },
} as const;

/**
 * Opens the window that is the phone, or the small one that shows it. To be called straight from a click: a browser
 * opens windows for nothing else. False: it did not let us.
 */
export function openPhoneWindow(client: Client, kind: keyof typeof places = "phone"): boolean {
  const { url, name, size } = places[kind];
  // Electron opens its own, and refuses this.
  if (window.ringside) {
    void client.call(openPhone, { window: kind });
    return true;
  }
  return window.open(url, name, size) !== null;
}
