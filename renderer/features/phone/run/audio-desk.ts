import type { AudioKind } from "../../../../shared/calls/phone.ts";
import { publishLevels } from "../../../../shared/rpc/contract/phone.ts";
import { preferences, setPreferences } from "../../../../shared/rpc/contract/session.ts";
import type { Client } from "../../../client/index.ts";
import { chooseDevices, prefer, type Favourites } from "../audio/choose-devices.ts";
import type { Microphone, ReplaceStream } from "../audio/microphone.ts";
import type { Ringer } from "../audio/ringer.ts";
import type { PhoneDevice } from "../device/device-port.ts";
import type { Phone } from "../machine/model.ts";

/** Microphone, speakers and ringer of this desk, and what the person prefers of them. */
export type AudioDesk = {
  openMicrophone(): Promise<MediaStream>;
  /** Asks for the microphone where that has not been done. */
  ask(): Promise<void>;
  choose(kind: AudioKind, deviceId: string): Promise<void>;
  ring(on: boolean): void;
  /** The pre-call test; its course is told to `onChange`. */
  test(): Promise<void>;
  useDevice(device: PhoneDevice): void;
  onReplaced(replace: ReplaceStream): void;
  onChange(listener: (audio: Partial<Phone["audio"]>) => void): void;
  close(): void;
};

type Media = Pick<MediaDevices, "enumerateDevices" | "addEventListener" | "removeEventListener">;
type AudioTest = Phone["audio"]["test"];

export type AudioDeskPorts = {
  client: Client;
  microphone: Microphone;
  ringer: Ringer;
  media: Media;
  /** Runs the test on this microphone and speaker. */
  runTest: (
    microphone: Microphone,
    onTest: (test: AudioTest) => void,
    onLevels: (levels: { microphone: number; speaker: number }) => void,
  ) => Promise<void>;
};

export function createAudioDesk(ports: AudioDeskPorts): AudioDesk {
  const { client, microphone, ringer, media, runTest } = ports;
  let favourites: Favourites = { microphone: [], speaker: [], ringer: [] };
  let device: PhoneDevice | null = null;
  let speaker: string | null = null;
  let tell: (audio: Partial<Phone["audio"]>) => void = () => {};

  /** After something was plugged in or out, or another device was chosen. */
  async function look(): Promise<void> {
    const devices = chooseDevices(await media.enumerateDevices(), favourites);
    tell({ devices });
    const { chosen } = devices;
    if (chosen.ringer) ringer.playOn(chosen.ringer);
    speaker = chosen.speaker;
    await useSpeaker();
    if (chosen.microphone) await microphone.switchTo(chosen.microphone);
  }

  async function useSpeaker(): Promise<void> {
    // One that was unplugged in this very moment: the next look finds another.
    if (speaker) await device?.useSpeaker(speaker).catch(() => {});
  }

  const lookQuietly = () => void look().catch(() => {});
  microphone.onState((state) => {
    tell({ microphone: state });
    // Only now does the browser tell what the devices are called.
    if (state === "granted") lookQuietly();
  });
  media.addEventListener("devicechange", lookQuietly);
  const stop = client.watch(preferences, {}, ({ audioDevices, ringVolume }) => {
    ringer.setVolume(ringVolume);
    favourites = { ...favourites, ...audioDevices };
    lookQuietly();
  });

  return {
    openMicrophone: () => microphone.open(),
    ask: async () => void (await microphone.ask()),
    async choose(kind, deviceId) {
      favourites = prefer(favourites, kind, deviceId);
      await look();
      await client.call(setPreferences, { audioDevices: prefer(favourites, kind, deviceId) });
    },
    ring(on) {
      if (on) void ringer.start();
      else ringer.stop();
    },
    test: () =>
      runTest(
        microphone,
        (test) => tell({ test }),
        ({ microphone: mine, speaker: heard }) =>
          void client.call(publishLevels, { microphone: mine, speaker: heard }),
      ),
    useDevice(next) {
      device = next;
      void useSpeaker();
    },
    onReplaced: (replace) => microphone.onReplaced(replace),
    onChange(listener) {
      tell = listener;
      tell({ microphone: microphone.state() });
      lookQuietly();
    },
    close() {
      stop();
      ringer.stop();
      media.removeEventListener("devicechange", lookQuietly);
    },
  };
}
