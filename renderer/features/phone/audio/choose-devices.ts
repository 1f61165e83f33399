import type { AudioDevice, AudioKind, PhoneState } from "../../../../shared/calls/phone.ts";

export type Devices = PhoneState["devices"];
/** Device ids by use, the one that was chosen last first. */
export type Favourites = Readonly<Record<AudioKind, readonly string[]>>;

type Listed = Pick<MediaDeviceInfo, "kind" | "deviceId" | "label">;

const mostFavourites = 8;

/**
 * Which device is used for what: of those that are plugged in the one that was chosen last. So a headset that is
 * plugged in again is taken again, and one that is pulled out gives way to the one before it. Pure.
 */
export function chooseDevices(listed: readonly Listed[], favourites: Favourites): Devices {
  const microphones = devicesOf(listed, "audioinput");
  const speakers = devicesOf(listed, "audiooutput");
  return {
    microphones,
    speakers,
    chosen: {
      microphone: choose(microphones, favourites.microphone),
      speaker: choose(speakers, favourites.speaker),
      ringer: choose(speakers, favourites.ringer),
    },
  };
}

export function prefer(
  favourites: Favourites,
  kind: AudioKind,
  deviceId: string,
): Record<AudioKind, string[]> {
  const others = favourites[kind].filter((id) => id !== deviceId);
  const next = { ...favourites, [kind]: [deviceId, ...others].slice(0, mostFavourites) };
  return { microphone: [...next.microphone], speaker: [...next.speaker], ringer: [...next.ringer] };
}

function devicesOf(listed: readonly Listed[], kind: MediaDeviceKind): AudioDevice[] {
  return listed
    .filter((device) => device.kind === kind && device.deviceId !== "")
    .map(({ deviceId, label }, index) => ({
      deviceId: deviceId.slice(0, 200),
      // Before the person has allowed the microphone a browser tells no names.
      label: (label || `${kind === "audioinput" ? "Microphone" : "Speaker"} ${index + 1}`).slice(0, 200),
    }));
}

function choose(devices: readonly AudioDevice[], wanted: readonly string[]): string | null {
  const has = (id: string) => devices.some(({ deviceId }) => deviceId === id);
  return wanted.find(has) ?? (has("default") ? "default" : devices[0]?.deviceId) ?? null;
}
