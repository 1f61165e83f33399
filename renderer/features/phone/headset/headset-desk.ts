import type { PhoneCommand, PhoneState } from "../../../../shared/calls/phone.ts";
import type { Clock, Timers } from "../../../../shared/result/ports.ts";
import { Refused } from "../run/refusal.ts";
import { commandOf, lightsOf } from "./headset-calls.ts";
import type { Headset, HeadsetEvent } from "./headset-port.ts";
import { isHeadset, openHidHeadset, type HidDevice } from "./hid-headset.ts";

/** The browser's list of devices that this page may use. */
export type HeadsetList = {
  getDevices(): Promise<HidDevice[]>;
  addEventListener(type: "connect" | "disconnect", listener: (event: { device: HidDevice }) => void): void;
};

/** The one headset whose buttons and lamps go with the calls of this window. */
export type HeadsetDesk = {
  /** Takes a headset that this page may use by now. Throws `Refused` with the reason where it cannot be had. */
  look(): Promise<void>;
  show(state: PhoneState): void;
  onName(listener: (name: string | null) => void): void;
  onCommand(listener: (command: PhoneCommand) => void): void;
};

/** @param list null where the browser knows no HID */
export function createHeadsetDesk(
  list: HeadsetList | null,
  ports: { clock: Clock; timers: Timers },
): HeadsetDesk {
  let current: { device: HidDevice; headset: Headset } | null = null;
  let opening: Promise<void> = Promise.resolve();
  let phone: Pick<PhoneState, "calls"> = { calls: [] };
  let tellName: (name: string | null) => void = () => {};
  let tellCommand: (command: PhoneCommand) => void = () => {};

  /** One at a time: two windows' wishes, or a wish and a plug, are one headset. */
  function look(): Promise<void> {
    const next = opening.then(take);
    opening = next.catch(() => {});
    return next;
  }

  async function take(): Promise<void> {
    if (current) return;
    const devices = (await list?.getDevices()) ?? [];
    const device = devices.find(isHeadset);
    if (!device) throw new Refused("not-possible", "No headset with buttons was found.");
    const headset = await openHidHeadset(device, ports).catch(() => {
      throw new Refused("failed", `${device.productName} cannot be used: another program may have it.`);
    });
    current = { device, headset };
    headset.onEvent(press);
    headset.show(lightsOf(phone));
    tellName(headset.name);
  }

  function press(event: HeadsetEvent): void {
    const command = commandOf(event, phone);
    if (command) tellCommand(command);
  }

  const lookQuietly = () => void look().catch(() => {});
  list?.addEventListener("connect", lookQuietly);
  list?.addEventListener("disconnect", ({ device }) => {
    if (current?.device !== device) return;
    void current.headset.close();
    current = null;
    tellName(null);
    lookQuietly();
  });

  return {
    look,
    show(state) {
      phone = state;
      current?.headset.show(lightsOf(state));
    },
    onName(listener) {
      tellName = listener;
      lookQuietly();
    },
    onCommand: (listener) => void (tellCommand = listener),
  };
}
