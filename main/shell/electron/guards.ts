import type { WebContents } from "electron";
import type { ElectronApi, OwnPages } from "./api.ts";

/** What a page may ask of the machine: the microphone and a headset for calls, and notifications. Nobody but our page. */
export function allowNothingElse({ session }: ElectronApi, { isOurs }: OwnPages): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((contents, permission, answer, details) => {
    const mediaTypes = "mediaTypes" in details ? (details.mediaTypes ?? []) : [];
    const microphoneOnly = mediaTypes.length > 0 && mediaTypes.every((type) => type === "audio");
    const allowed = permission === "notifications" || (permission === "media" && microphoneOnly);
    answer(allowed && details.isMainFrame && isOurs(details.requestingUrl) && isOurs(contents.getURL()));
  });
  defaultSession.setPermissionCheckHandler((_, permission, origin, details) => {
    const allowed =
      permission === "notifications" ||
      permission === "hid" ||
      (permission === "media" && details.mediaType === "audio");
    return allowed && isOurs(origin);
  });
  defaultSession.setDevicePermissionHandler(
    ({ deviceType, origin, device }) => deviceType === "hid" && isOurs(origin) && isTelephone(device),
  );
  defaultSession.on("select-hid-device", (event, { deviceList, frame }, choose) => {
    event.preventDefault();
    const headset = frame && isOurs(frame.url) ? deviceList.find(isTelephone) : undefined;
    // Nothing is a refusal, too.
    choose(headset?.deviceId ?? "");
  });
}

/** What speaks the telephony page of HID has buttons for calls; a keyboard, which hears passwords, does not. */
function isTelephone(device: object): boolean {
  const collections = "collections" in device ? (device.collections as HidCollection[]) : [];
  return collections.some(({ usagePage }) => usagePage === telephonyPage);
}

type HidCollection = { usagePage: number };
const telephonyPage = 0x0b;

/**
 * Keeps every page where it is: it may be loaded again, links lead outside after a look at them, and nothing is embedded.
 */
export function guardContents(contents: WebContents, openExternal: (url: string) => Promise<boolean>): void {
  contents.on("will-navigate", (event) => {
    if (event.url !== contents.getURL()) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url);
    return { action: "deny" };
  });
}
