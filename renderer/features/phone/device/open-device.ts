import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import type { OpenDevice } from "./device-port.ts";
import { openTwilioDevice } from "./twilio-device.ts";

/** The adapter of each provider, its library loaded when it is used. */
const devices: Readonly<Record<LineAccess["provider"], OpenDevice>> = {
  twilio: openTwilioDevice,
  simulator: openTwilioDevice,
  sip: async (ports) => (await import("./sip-device.ts")).openSipDevice(ports),
};

export function openDeviceOf(provider: LineAccess["provider"]): OpenDevice {
  return devices[provider];
}
