import { callerName } from "../../../shared/calls/caller-name.ts";
import { sayHotkey } from "../../../shared/calls/hotkey.ts";
import { isHere, type PhoneCall, type PhoneState } from "../../../shared/calls/phone.ts";
import { isConnected } from "../../../shared/calls/call.ts";
import { sameValue } from "../../../shared/sync/fields.ts";
import type { PhoneKey, TrayView } from "../../host/services.ts";
import { controlsOf } from "../phone/phone-keys.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { PresenceBoard } from "../presence/presence.ts";
import type { HostPort } from "./host-port.ts";
import type { PreferenceStore } from "./preferences.ts";

/** Takes the person's hotkeys, now and when they change, and says which of them another program has. */
export function keepHotkeys(
  host: Pick<HostPort, "setHotkeys">,
  preferences: PreferenceStore,
  onTrouble: (text: string) => void,
): void {
  let taken: unknown = null;
  const take = async () => {
    const { hotkeys } = preferences.get();
    if (sameValue(taken, hotkeys)) return;
    taken = hotkeys;
    const refused = await host.setHotkeys(hotkeys);
    if (refused.length > 0)
      onTrouble(refusedText(refused.map((key) => `${keyNames[key]} (${sayKeys(hotkeys[key])})`)));
  };
  const takeQuietly = () => void take().catch(() => onTrouble("The hotkeys of the phone could not be set."));
  preferences.onChange(takeQuietly);
  takeQuietly();
}

const keyNames: Readonly<Record<PhoneKey, string>> = { answer: "Answer", "hang-up": "Hang up", mute: "Mute" };

function sayKeys(keys: string | null): string {
  return sayHotkey(keys ?? "", process.platform === "darwin");
}

function refusedText(keys: readonly string[]): string {
  return `Another program has these keys: ${keys.join(", ")}. Choose others in Settings.`;
}

/** Keeps the tray up to date with presence, who is on the line, and what can be done about it. Answers the way to tell it of the phone. */
export function keepTray(
  host: Pick<HostPort, "setTray">,
  presence: PresenceBoard,
  settings: Pick<TenantSettings, "breakReasons" | "onChange">,
): { onPhone(phone: PhoneState): void; close(): void } {
  let line: Pick<TrayView, "calling" | "ringing" | "controls"> = {
    calling: null,
    ringing: null,
    controls: [],
  };
  let shown: TrayView | null = null;
  const show = () => {
    const mine = presence.mine();
    const breakReasons = settings.breakReasons().map(({ key, label }) => ({ key, label }));
    const view = { presence: mine.presence, reason: mine.reason, breakReasons, ...line };
    if (sameValue(shown, view)) return;
    shown = view;
    // A desktop without a tray has nothing to show it in.
    void host.setTray(view).catch(() => {});
  };
  const stops = [presence.onChange(show), settings.onChange(show)];
  show();
  return {
    onPhone(phone) {
      const heard = phone.calls.find((one) => isHere(one) && isConnected(one.call));
      const rings = phone.calls.find(({ can }) => can.includes("answer"));
      line = { calling: nameOf(heard), ringing: nameOf(rings), controls: controlsOf(phone) };
      show();
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}

function nameOf(call: PhoneCall | undefined): string | null {
  return call ? callerName(call).slice(0, 200) : null;
}
