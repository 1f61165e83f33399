import type { AudioKind } from "../../../../shared/calls/phone.ts";
import { publishLevels } from "../../../../shared/rpc/contract/phone.ts";
import { preferences, setPreferences } from "../../../../shared/rpc/contract/session.ts";
import type { Client } from "../../../client/index.ts";
import { chooseDevices, prefer, type Favourites } from "../audio/choose-devices.ts";
import type { Microphone, MicrophoneState, ReplaceStream } from "../audio/microphone.ts";
import type { Ringer } from "../audio/ringer.ts";
import type { PhoneDevice } from "../device/device-port.ts";
import type { Phone } from "../machine/model.ts";

/** Microphone, speakers and ringer of this desk, and what the person prefers of them. */
export type AudioDesk = {
  openMicrophone(): Promise<MediaStream>;
  /** Asks for the microphone, and tells how it stands. */
  ask(): Promise<MicrophoneState>;
  /** The same where it could not be had before: by now it may have been plugged in or allowed, and nothing tells so. */
  askAgain(): Promise<MicrophoneState>;
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
type Permission = Pick<PermissionStatus, "state" | "addEventListener" | "removeEventListener">;
type AudioTest = Phone["audio"]["test"];

export type AudioDeskPorts = {
  client: Client;
  microphone: Microphone;
  ringer: Ringer;
  media: Media;
  /** Unset where the browser does not tell of the microphone's. */
  permission: Promise<Permission | null>;
  /** Runs the test on this microphone and speaker. */
  runTest: (
    microphone: Microphone,
    onTest: (test: AudioTest) => void,
    onLevels: (levels: { microphone: number; speaker: number }) => void,
  ) => Promise<void>;
};

export function createAudioDesk(ports: AudioDeskPorts): AudioDesk {
  const { client, microphone, ringer, media, permission, runTest } = ports;
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
  const askAgain = async () => {
    const state = microphone.state();
    return state === "denied" || state === "missing" ? microphone.ask() : state;
  };
  const onPlugged = () => {
    lookQuietly();
    // Of one that was refused a plug changes nothing, and the person would be asked in a window that they do not see.
    if (microphone.state() === "missing") void askAgain();
  };
  media.addEventListener("devicechange", onPlugged);
  const onPermission = ({ target }: Event) => {
    if ((target as PermissionStatus).state !== "prompt") void microphone.ask();
  };
  void permission.then((status) => status?.addEventListener("change", onPermission));
  const stop = client.watch(preferences, {}, ({ audioDevices, ringVolume }) => {
    ringer.setVolume(ringVolume);
    favourites = { ...favourites, ...audioDevices };
    lookQuietly();
  });

  return {
    openMicrophone: () => microphone.open(),
    ask: () => microphone.ask(),
    askAgain,
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
      media.removeEventListener("devicechange", onPlugged);
      void permission.then((status) => status?.removeEventListener("change", onPermission));
    },
  };
}
